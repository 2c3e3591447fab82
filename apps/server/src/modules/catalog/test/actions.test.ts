import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openCatalog, type CatalogUnderTest } from './support.ts';
import { eventPath, homeOf, makeEvent, makeTicketType, typePath } from './things.ts';

type Action = { actor: { kind: string }; what: string; subject_id: string; before: object | null; after: object | null };

let under: CatalogUnderTest;

before(async () => {
  under = await openCatalog();
});
after(() => under.close());

/** What was done for the organization of an event, the first first. */
async function actionsAt(eventId: string): Promise<Action[]> {
  const answer = await under.send('GET', `/api/v1/organizations/${homeOf.get(eventId)}/actions`);
  return (answer.body['data'] as Action[]).toReversed();
}

describe('the record of what members do with an event', () => {
  it('says who did what, and what it was before and after', async () => {
    const eventId = await makeEvent(under, { title: 'Evening', sale: { state: 'draft', buyer_max: 5 } });
    const seat = await makeTicketType(under, eventId, { price_minor: 100, access_code: 'SECRET' });
    const path = eventPath(eventId);
    const quota = await under.send('POST', `${path}/quotas`, { name: 'House', capacity: 9, ticket_type_ids: [seat] });
    await under.send('PATCH', `${path}/sale`, {
      state: 'on_sale',
      sales_end_at: '2099-01-01T00:00:00+01:00',
      hold_seconds: 60,
      buyer_max: null,
    });
    await under.send('PATCH', typePath(seat), { capacity: 12, price_minor: 200, access_code: null });
    await under.send('POST', `${typePath(seat)}/set-aside`, { quantity: 2 });
    await under.send('POST', `${typePath(seat)}/set-aside`, { quantity: -1 });
    await under.send('PATCH', `${path}/quotas/${String(quota.body['id'])}`, { capacity: 10, ticket_type_ids: [seat] });
    const actions = await actionsAt(eventId);
    assert.equal(new Set(actions.map((action) => action.subject_id)).size, 1, 'all are about the event');
    assert.ok(actions.every(({ actor }) => actor.kind === 'platform'));
    const type = { ticket_type_id: seat };
    const house = { quota_id: quota.body['id'] };
    const [created, ...changes] = actions.map(({ what, before: was, after: is }) => [what, was, is]);
    assert.deepEqual(created, ['event.created', null, { title: 'Evening', state: 'draft' }]);
    assert.deepEqual(
      changes.filter(([, was]) => was !== null),
      [
        [
          'sale.changed',
          { state: 'draft', sales_end_at: null, hold_seconds: 600, buyer_max: 5 },
          { state: 'on_sale', sales_end_at: '2098-12-31T23:00:00.000Z', hold_seconds: 60, buyer_max: null },
        ],
        [
          'ticket_type.changed',
          { ...type, capacity: 10, price_minor: 100, has_access_code: true },
          { ...type, capacity: 12, price_minor: 200, has_access_code: false },
        ],
        ['stock.set_aside', { ...type, set_aside: 0 }, { ...type, quantity: 2 }],
        ['stock.set_aside', { ...type, set_aside: 2 }, { ...type, quantity: -1 }],
        ['quota.changed', { ...house, capacity: 9, ticket_type_ids: [seat] }, { ...house, capacity: 10, ticket_type_ids: [seat] }],
      ],
    );
    assert.deepEqual(
      changes.filter(([, was]) => was === null).map(([what]) => what),
      ['ticket_type.created', 'quota.created'],
    );
    assert.doesNotMatch(JSON.stringify(actions), /SECRET/, 'a code is not for everybody who reads the record');
  });

  it('says how ticket types and quotas were called; a late repeat brings no old name back', async () => {
    const eventId = await makeEvent(under);
    const seat = await makeTicketType(under, eventId, { name: 'Seat', description: 'Hard' });
    const quota = await under.send('POST', `${eventPath(eventId)}/quotas`, { name: 'House', capacity: 10, ticket_type_ids: [seat] });
    const quotaPath = `${eventPath(eventId)}/quotas/${String(quota.body['id'])}`;
    const etag = async () => (await under.send('GET', `/api/v1/events/${eventId}`)).headers['etag'];
    const was = await etag();
    const named = await under.send('PATCH', typePath(seat), { name: 'Chair', price_minor: 5 }, { key: 'chair' });
    assert.deepEqual([named.body['name'], named.body['description'], named.body['price_minor']], ['Chair', 'Hard', 5]);
    assert.notEqual(await etag(), was);
    assert.equal((await under.send('PATCH', quotaPath, { name: 'Hall' }, { key: 'hall' })).body['name'], 'Hall');
    await under.send('PATCH', typePath(seat), { name: 'Sofa', description: '' });
    const late = await under.send('PATCH', typePath(seat), { name: 'Chair', price_minor: 5 }, { key: 'chair' });
    assert.deepEqual([late.status, late.body['name'], late.headers['idempotency-replayed']], [200, 'Sofa', 'true']);
    assert.equal((await under.send('PATCH', typePath(seat), { name: 'Bench', price_minor: 5 }, { key: 'chair' })).status, 422);
    const changes = (await actionsAt(eventId))
      .filter(({ before }) => before !== null)
      .map(({ what, before, after: is }) => [what, before, is]);
    const type = { ticket_type_id: seat };
    assert.deepEqual(changes, [
      ['ticket_type.changed', { ...type, price_minor: 0, name: 'Seat' }, { ...type, price_minor: 5, name: 'Chair' }],
      ['quota.changed', { quota_id: quota.body['id'], name: 'House' }, { quota_id: quota.body['id'], name: 'Hall' }],
      ['ticket_type.changed', { ...type, name: 'Chair', description: 'Hard' }, { ...type, name: 'Sofa', description: '' }],
    ]);
  });

  it('has nothing of what was refused, and a repeat but once', async () => {
    const eventId = await makeEvent(under);
    const pause = () => under.send('PATCH', `${eventPath(eventId)}/sale`, { state: 'paused' }, { key: 'pause' });
    assert.equal((await under.send('PATCH', `${eventPath(eventId)}/sale`, { state: 'draft' })).status, 409);
    assert.deepEqual([(await pause()).status, (await pause()).status], [200, 200]);
    assert.deepEqual(
      (await actionsAt(eventId)).map(({ what }) => what),
      ['event.created', 'sale.changed'],
    );
  });

  it('that could not be written after the change is written by the repeat', async () => {
    const eventId = await makeEvent(under);
    const { db } = under.catalog;
    const pause = () => under.send('PATCH', `${eventPath(eventId)}/sale`, { state: 'paused' }, { key: 'pause' });
    await db.query('alter table organizations.actions rename to gone');
    assert.equal((await pause()).status, 500);
    await db.query('alter table organizations.gone rename to actions');
    const paused = await pause();
    assert.deepEqual([paused.status, paused.headers['idempotency-replayed']], [200, 'true']);
    const [, healed] = await actionsAt(eventId);
    assert.deepEqual([healed?.what, healed?.before, healed?.after], ['sale.changed', null, { state: 'paused' }]);
  });
});
