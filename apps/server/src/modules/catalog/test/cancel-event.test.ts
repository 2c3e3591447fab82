import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseId } from '../../../platform/ids/index.ts';
import type { Sales } from '../../sales/index.ts';
import { cancelEvent } from '../cancel-event.ts';
import { openCatalog, type CatalogUnderTest } from './support.ts';
import { eventPath, holdTickets, homeOf, makeEvent, makeTicketType } from './things.ts';

let under: CatalogUnderTest;

before(async () => {
  under = await openCatalog();
});
after(() => under.close());

const change = (eventId: string, body: object, key?: string) =>
  under.send('PATCH', `${eventPath(eventId)}/sale`, body, key === undefined ? {} : { key });

/** What everybody sees. */
async function shown(eventId: string): Promise<unknown[]> {
  const { body } = await under.send('GET', `/api/v1/events/${eventId}`);
  return [body['state'], body['cancellation_reason']];
}

async function own(eventId: string): Promise<unknown> {
  return (await under.send('GET', eventPath(eventId))).body['cancellation_reason'];
}

describe('cancelling', () => {
  it('says why, at once and in the record', async () => {
    const eventId = await makeEvent(under);
    assert.equal((await change(eventId, { state: 'cancelled', reason: 'Storm' }, 'cancel')).status, 200);
    assert.deepEqual(await shown(eventId), ['cancelled', 'Storm']);
    assert.equal(await own(eventId), 'Storm');
    const { body } = await under.send('GET', `/api/v1/organizations/${homeOf.get(eventId)}/actions`);
    const [action] = body['data'] as { what: string; before: object; after: object }[];
    assert.deepEqual(
      [action?.what, action?.before, action?.after],
      ['sale.changed', { state: 'on_sale' }, { state: 'cancelled', cancellation_reason: 'Storm' }],
    );
  });

  it('needs no reason, and takes none with anything else', async () => {
    const eventId = await makeEvent(under);
    for (const body of [
      { reason: 'Storm' },
      { state: 'paused', reason: 'Storm' },
      { state: 'cancelled', reason: '' },
      { state: 'cancelled', reason: ' ' },
    ]) {
      const answer = await change(eventId, body);
      const [error] = answer.body['errors'] as { field: string }[];
      assert.deepEqual([answer.status, error?.field], [400, '/reason'], JSON.stringify(body));
    }
    assert.equal((await change(eventId, { state: 'cancelled' })).status, 200);
    assert.deepEqual(await shown(eventId), ['cancelled', null]);
    assert.equal((await change(eventId, { state: 'cancelled', reason: 'Storm' })).status, 200);
    assert.deepEqual(await shown(eventId), ['cancelled', 'Storm']);
  });

  it('that is repeated late brings no old reason back, and another reason is another request', async () => {
    const eventId = await makeEvent(under);
    const asked = { state: 'cancelled', reason: 'Storm' };
    assert.equal((await change(eventId, asked, 'late')).status, 200);
    assert.equal((await under.send('PATCH', eventPath(eventId), { cancellation_reason: 'Flood' })).status, 200);
    const repeat = await change(eventId, asked, 'late');
    assert.deepEqual([repeat.status, repeat.headers['idempotency-replayed']], [200, 'true']);
    assert.equal((await change(eventId, { ...asked, reason: 'Fire' }, 'late')).status, 422);
    assert.deepEqual(await shown(eventId), ['cancelled', 'Flood']);
  });

  it('that is refused leaves no reason', async () => {
    const eventId = await makeEvent(under, { sale: { state: 'draft' } });
    assert.equal((await change(eventId, { state: 'archived' })).status, 200);
    assert.equal((await change(eventId, { state: 'cancelled', reason: 'Storm' })).body['code'], 'SALES_WRONG_EVENT_STATE');
    assert.equal(await own(eventId), null);
  });

  it('that is broken off before the lane shows nobody a reason, and is completed by the repeat', async () => {
    const eventId = await makeEvent(under);
    const lanes = Object.create(under.sales.lanes) as Sales['lanes'];
    lanes.submit = () => Promise.reject(new Error('gone'));
    const request = {
      eventId: parseId('evt', eventId) ?? '',
      changes: { state: 'cancelled' as const },
      reason: 'Storm',
      idempotencyKey: 'broken',
    };
    await assert.rejects(cancelEvent({ ...under.catalog, sales: { ...under.sales, lanes } }, request), /gone/);
    assert.deepEqual(await shown(eventId), ['on_sale', null]);
    assert.equal(await own(eventId), null);
    assert.equal((await change(eventId, { state: 'cancelled', reason: 'Storm' }, 'broken')).status, 200);
    assert.deepEqual(await shown(eventId), ['cancelled', 'Storm']);
  });

  it('that cannot write the reason does not cancel', async () => {
    const eventId = await makeEvent(under);
    const { db } = under.catalog;
    const dying = { ...db, transaction: () => Promise.reject(new Error('gone')) };
    const request = {
      eventId: parseId('evt', eventId) ?? '',
      changes: { state: 'cancelled' as const },
      reason: 'Storm',
      idempotencyKey: 'x',
    };
    await assert.rejects(cancelEvent({ ...under.catalog, db: dying }, request), /gone/);
    assert.deepEqual(await shown(eventId), ['on_sale', null]);
  });
});

describe('what would follow', () => {
  it('is told before anything is done', async () => {
    const eventId = await makeEvent(under);
    const [free, paid] = [await makeTicketType(under, eventId), await makeTicketType(under, eventId, { price_minor: 250 })];
    const ask = async (query: string) => (await under.send('GET', `${eventPath(eventId)}/consequences${query}`)).body;
    assert.deepEqual((await ask(''))['taken'], []);
    await holdTickets(under, { eventId, ticketTypeId: free, quantity: 1 });
    await holdTickets(under, { eventId, ticketTypeId: paid, quantity: 2 });
    for (const [ticketTypeId, quantity] of [
      [free, 4],
      [paid, 3],
      [paid, 1],
    ] as const) {
      const bookingId = await holdTickets(under, { eventId, ticketTypeId, quantity });
      assert.equal((await under.send('POST', `/internal/bookings/${bookingId}/confirm`, {})).status, 200);
    }
    const [cancelled, moved] = [await ask('?of=cancel'), await ask('?of=move')];
    for (const body of [cancelled, moved]) {
      assert.deepEqual(
        [body['event_id'], body['state'], body['bookings'], body['tickets'], body['taken'], body['refunds']],
        [
          eventId,
          'on_sale',
          { held: 2, confirmed: 3 },
          { held: 3, confirmed: 8 },
          [{ currency: 'EUR', total_minor: 1000 }],
          'Nobody’s money goes back by itself: begin a refund run (…/refund-runs), which gives everything back or lets each buyer choose.',
        ],
      );
    }
    assert.deepEqual([cancelled['of'], moved['of']], ['cancel', 'move']);
    assert.notDeepEqual(cancelled['told'], moved['told']);
    assert.equal((await under.send('GET', `${eventPath(eventId)}/consequences?of=sell`)).status, 400);
    assert.equal((await under.send('GET', `/api/v1/events/${eventId}`)).body['state'], 'on_sale');
  });

  it('is true: what is held when an event is cancelled can no longer be confirmed', async () => {
    const eventId = await makeEvent(under);
    const ticketTypeId = await makeTicketType(under, eventId);
    const [held, sold] = [
      await holdTickets(under, { eventId, ticketTypeId, quantity: 1 }),
      await holdTickets(under, { eventId, ticketTypeId, quantity: 1 }),
    ];
    const confirm = (bookingId: string) => under.send('POST', `/internal/bookings/${bookingId}/confirm`, {});
    assert.equal((await confirm(sold)).status, 200);
    await change(eventId, { state: 'cancelled', reason: 'Storm' });
    assert.equal((await confirm(held)).body['code'], 'SALES_NOT_ON_SALE');
    const { body } = await under.send('GET', `${eventPath(eventId)}/consequences`);
    assert.deepEqual(body['bookings'], { held: 1, confirmed: 1 });
  });
});
