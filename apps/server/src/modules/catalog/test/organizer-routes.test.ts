import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openCatalog, type Answer, type CatalogUnderTest } from './support.ts';
import { eventBody, eventPath, holdTickets, makeEvent, makeOrganization, makeTicketType, typePath } from './things.ts';

let under: CatalogUnderTest;

before(async () => {
  under = await openCatalog();
});
after(() => under.close());

function fieldOf(answer: Answer): string | undefined {
  return (answer.body['errors'] as { field: string }[] | undefined)?.[0]?.field;
}

describe('the secret of payment’s contract', () => {
  it('is needed, before anything of the request is read', async () => {
    for (const [secret, code] of [
      [null, 'INTERNAL_SECRET_MISSING'],
      ['another-secret-of-it', 'INTERNAL_SECRET_INVALID'],
    ] as const) {
      const answer = await under.send('POST', '/internal/bookings/nonsense/confirm', { nonsense: true }, { secret });
      assert.deepEqual([answer.status, answer.body['code']], [401, code]);
    }
  });
});

describe('organizations', () => {
  it('are made once per key', async () => {
    const body = { name: 'The Mill', slug: 'the-mill' };
    const first = await under.send('POST', '/api/v1/organizations', body, { key: 'mill' });
    const second = await under.send('POST', '/api/v1/organizations', { slug: 'the-mill', name: 'The Mill' }, { key: 'mill' });
    assert.equal(first.status, 201);
    assert.equal(second.status, 200);
    assert.equal(second.headers['idempotency-replayed'], 'true');
    assert.deepEqual(second.body, first.body);
    const other = await under.send('POST', '/api/v1/organizations', { ...body, name: 'Other' }, { key: 'mill' });
    assert.equal(other.body['code'], 'IDEMPOTENCY_KEY_REUSED');
    const taken = await under.send('POST', '/api/v1/organizations', body, { key: null });
    assert.deepEqual([taken.status, taken.body['code'], fieldOf(taken)], [409, 'CATALOG_SLUG_TAKEN', '/slug']);
  });
});

describe('events', () => {
  it('are made once per key, also by requests at the same time', async () => {
    const [url, body] = [`/api/v1/organizations/${await makeOrganization(under)}/events`, eventBody()];
    const answers = await Promise.all([1, 2, 3, 4].map(() => under.send('POST', url, body, { key: 'same' })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 201]);
    assert.equal(new Set(answers.map((answer) => answer.body['id'])).size, 1);
    assert.equal(answers[0]?.body['state'], 'draft');
    const other = await under.send('POST', url, { ...body, title: 'Another' }, { key: 'same' });
    assert.equal(other.status, 422);
  });

  it('are refused with the field named', async () => {
    const url = `/api/v1/organizations/${await makeOrganization(under)}/events`;
    const wrong: [Record<string, unknown>, string][] = [
      [{ ends_at: '2099-04-30T18:00:00Z' }, '/ends_at'],
      [{ starts_at: '2099-02-30T18:00:00Z' }, '/starts_at'],
      [{ starts_at: '1099-02-01T18:00:00Z' }, '/starts_at'],
      [{ time_zone: 'Mars/Olympus' }, '/time_zone'],
      [{ time_zone: '+02:00' }, '/time_zone'],
      [{ currency: 'euro' }, '/currency'],
      [{ picture: 'javascript:alert(1)' }, '/picture'],
      [{ picture: '//elsewhere.example/x.png' }, '/picture'],
      [{ picture: '/pictures/none.svg' }, '/picture'],
      [{ title: '' }, '/title'],
      [{ title: ' \t' }, '/title'],
      [{ venue: { name: ' ', city: 'Graz' } }, '/venue/name'],
      [{ venue: { name: 'A', city: 'B', street: 'C' } }, '/venue/street'],
      [{ sale: { hold_seconds: 0 } }, '/sale/hold_seconds'],
      [{ sale: { sales_start_at: '2099-01-02T00:00:00Z', sales_end_at: '2099-01-01T00:00:00Z' } }, '/sale/sales_end_at'],
      [{ colour: 'red' }, '/colour'],
    ];
    for (const [changes, field] of wrong) {
      const answer = await under.send('POST', url, eventBody(changes));
      assert.deepEqual([answer.status, fieldOf(answer)], [400, field], answer.text);
    }
  });
});

describe('the sale', () => {
  it('changes what is named and leaves the rest', async () => {
    const eventId = await makeEvent(under, { sale: { hold_seconds: 5, buyer_max: 4 } });
    const changed = await under.send('PATCH', `${eventPath(eventId)}/sale`, { sales_end_at: '2099-01-01T00:00:00+01:00' });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual(
      [changed.body['hold_seconds'], changed.body['buyer_max'], changed.body['sales_end_at']],
      [5, 4, '2098-12-31T23:00:00.000Z'],
    );
    const cleared = await under.send('PATCH', `${eventPath(eventId)}/sale`, { sales_end_at: null, buyer_max: null });
    assert.deepEqual([cleared.body['sales_end_at'], cleared.body['buyer_max']], [null, null]);
  });

  it('goes along the states alone', async () => {
    const eventId = await makeEvent(under, { sale: { state: 'draft' } });
    const change = (state: string) => under.send('PATCH', `${eventPath(eventId)}/sale`, { state });
    for (const state of ['published', 'on_sale', 'paused', 'on_sale', 'cancelled'])
      assert.equal((await change(state)).body['state'], state);
    const back = await change('on_sale');
    assert.deepEqual([back.status, back.body['code'], back.body['from']], [409, 'SALES_WRONG_EVENT_STATE', 'cancelled']);
  });

  it('is changed once per key', async () => {
    const eventId = await makeEvent(under);
    const change = (body: unknown, key: string | null) => under.send('PATCH', `${eventPath(eventId)}/sale`, body, { key });
    assert.equal((await change({ state: 'paused' }, 'pause')).status, 200);
    assert.equal((await change({ state: 'on_sale' }, 'resume')).status, 200);
    const repeat = await change({ state: 'paused' }, 'pause');
    assert.deepEqual([repeat.status, repeat.headers['idempotency-replayed'], repeat.body['state']], [200, 'true', 'on_sale']);
    assert.equal((await change({ state: 'ended' }, 'pause')).status, 422);
    assert.equal((await change({ state: 'ended' }, null)).body['code'], 'IDEMPOTENCY_KEY_MISSING');
    assert.equal(fieldOf(await change({}, 'nothing')), '');
  });

  it('is unknown for an event that is not there', async () => {
    const path = eventPath(await makeEvent(under));
    const unknown = path.replace(/evt_\w+$/, 'evt_00000000000000000000000000');
    const answer = await under.send('PATCH', `${unknown}/sale`, { state: 'on_sale' });
    assert.deepEqual([answer.status, answer.body['detail']], [404, 'There is no such event.']);
    const elsewhere = path.replace(/org_\w+/, await makeOrganization(under));
    const { body } = await under.send('PATCH', `${elsewhere}/sale`, { state: 'on_sale' });
    const told = (problem: Record<string, unknown>) => ({ ...problem, instance: null, request_id: null });
    assert.deepEqual(told(body), told(answer.body), 'one of others is answered like one that does not exist');
  });
});

describe('ticket types', () => {
  it('are made once per key, and changed', async () => {
    const eventId = await makeEvent(under);
    const url = `${eventPath(eventId)}/ticket-types`;
    const body = { name: 'Seat', price_minor: 100, capacity: 10, booking_min: 20 };
    const first = await under.send('POST', url, body, { key: 'seat' });
    const second = await under.send('POST', url, body, { key: 'seat' });
    assert.deepEqual([first.status, second.status, second.body['id']], [201, 200, first.body['id']]);
    assert.equal(first.body['booking_max'], 20);
    assert.equal((await under.send('POST', url, { ...body, name: 'Chair' }, { key: 'seat' })).status, 422);
    const changes = { price_minor: 250, capacity: 12, access_code: 'abc', booking_min: 1, state: 'paused' };
    const changed = await under.send('PATCH', typePath(String(first.body['id'])), changes);
    assert.deepEqual({ ...first.body, ...changes, needs_access_code: true, left: 12 }, changed.body);
  });

  it('keep a capacity that covers what is held, sold and set aside', async () => {
    const eventId = await makeEvent(under);
    const ticketTypeId = await makeTicketType(under, eventId);
    await holdTickets(under, { eventId, ticketTypeId, quantity: 4 });
    const aside = await under.send('POST', `${typePath(ticketTypeId)}/set-aside`, { quantity: 3 });
    assert.deepEqual([aside.body['held'], aside.body['set_aside'], aside.body['left']], [4, 3, 3]);
    const lower = (capacity: number) => under.send('PATCH', typePath(ticketTypeId), { capacity });
    const refused = await lower(6);
    assert.deepEqual([refused.status, refused.body['code'], refused.body['possible']], [409, 'SALES_CAPACITY_TOO_LOW', 7]);
    assert.equal((await lower(7)).body['left'], 0);
    assert.equal((await under.send('POST', `${typePath(ticketTypeId)}/set-aside`, { quantity: 1 })).body['code'], 'SALES_SOLD_OUT');
    const back = await under.send('POST', `${typePath(ticketTypeId)}/set-aside`, { quantity: -4 });
    assert.equal(back.body['code'], 'SALES_SET_ASIDE_TOO_LOW');
  });

  it('whose terms do not fit together are refused', async () => {
    const ticketTypeId = await makeTicketType(under, await makeEvent(under), { booking_max: 4 });
    const answer = await under.send('PATCH', typePath(ticketTypeId), { booking_min: 5 });
    assert.deepEqual([answer.status, answer.body['code']], [422, 'SALES_TERMS_INVALID']);
  });

  it('that do not exist are not found', async () => {
    const eventId = await makeEvent(under);
    const own = await makeTicketType(under, eventId);
    const other = `${own.slice(0, 30)}${'0'.repeat(26)}`;
    const elsewhere = await makeTicketType(under, await makeEvent(under));
    for (const id of [other, elsewhere, 'typ_x', `${'typ_'}${'0'.repeat(52)}`]) {
      const path = `${eventPath(eventId)}/ticket-types/${id}`;
      assert.equal((await under.send('PATCH', path, { capacity: 1 })).status, 404, id);
      assert.equal((await under.send('POST', `${path}/set-aside`, { quantity: 1 })).status, 404, id);
    }
  });
});

describe('quotas', () => {
  it('are made, and changed in capacity and members', async () => {
    const eventId = await makeEvent(under);
    const one = await makeTicketType(under, eventId);
    const two = await makeTicketType(under, eventId);
    await holdTickets(under, { eventId, ticketTypeId: two, quantity: 2 });
    const url = `${eventPath(eventId)}/quotas`;
    const body = { name: 'House', capacity: 5, ticket_type_ids: [one] };
    const made = await under.send('POST', url, body, { key: 'house' });
    assert.deepEqual([made.status, made.body['name'], made.body['held'], made.body['left']], [201, 'House', 0, 5]);
    assert.equal((await under.send('POST', url, body, { key: 'house' })).status, 200);
    const changed = await under.send('PATCH', `${url}/${String(made.body['id'])}`, { ticket_type_ids: [two], capacity: 6 });
    assert.deepEqual([changed.body['name'], changed.body['held'], changed.body['left']], ['House', 2, 4]);
    const low = await under.send('PATCH', `${url}/${String(made.body['id'])}`, { capacity: 1 });
    assert.equal(low.body['code'], 'SALES_CAPACITY_TOO_LOW');
  });

  it('hold ticket types of their own event', async () => {
    const eventId = await makeEvent(under);
    const stranger = await makeTicketType(under, await makeEvent(under));
    const answer = await under.send('POST', `${eventPath(eventId)}/quotas`, { name: 'Q', capacity: 1, ticket_type_ids: [stranger] });
    assert.deepEqual([answer.status, fieldOf(answer)], [400, '/ticket_type_ids/0']);
    assert.equal((await under.send('PATCH', `${eventPath(eventId)}/quotas/quo_${'0'.repeat(52)}`, { capacity: 1 })).status, 404);
  });
});

describe('bookings', () => {
  it('are confirmed as paid and cancelled by the organizer, once per key', async () => {
    const eventId = await makeEvent(under);
    const ticketTypeId = await makeTicketType(under, eventId, { price_minor: 1500 });
    const bookingId = await holdTickets(under, { eventId, ticketTypeId, quantity: 2 });
    const confirm = () => under.send('POST', `/internal/bookings/${bookingId}/confirm`, undefined, { key: 'paid' });
    const confirmed = await confirm();
    assert.deepEqual([confirmed.status, confirmed.body['state'], confirmed.body['total_minor']], [200, 'confirmed', 3000]);
    assert.equal((await confirm()).headers['idempotency-replayed'], 'true');
    const cancelled = await under.send('POST', `/internal/bookings/${bookingId}/cancel`, {});
    assert.deepEqual([cancelled.status, cancelled.body['state']], [200, 'cancelled']);
    const again = await under.send('POST', `/internal/bookings/${bookingId}/confirm`, {});
    assert.deepEqual([again.status, again.body['code']], [409, 'SALES_WRONG_STATE']);
    const event = await under.send('GET', `/api/v1/events/${eventId}`);
    assert.equal((event.body['ticket_types'] as { left: number }[])[0]?.left, 10);
  });

  it('that do not exist are not found', async () => {
    for (const id of ['bkg_x', `bkg_${'0'.repeat(52)}`]) {
      for (const move of ['confirm', 'cancel']) assert.equal((await under.send('POST', `/internal/bookings/${id}/${move}`)).status, 404);
    }
  });
});
