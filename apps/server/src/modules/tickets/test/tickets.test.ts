import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openKeys, parseCode, ticketIdOf, verifyCode, type EventKeys } from '@tessera/ticket-code';
import { eventOf, factsOf, openHouse, type House, type Show } from './support.ts';

let house: House;
let show: Show;
before(async () => {
  house = await openHouse();
  show = await house.newShow();
});
after(() => house.close());

const get = (path: string, token?: string) => house.send({ method: 'GET', path, token });
const reissue = (token: string, id: string, on = 0) => house.send({ method: 'POST', path: `/tickets/${id}/reissue`, token, on });

async function publicKeys(eventId = show.eventId): Promise<EventKeys> {
  const { data } = (await get(`/events/${eventId}/ticket-keys`)).json<{ data: { key_no: number; public_key: string; state: string }[] }>();
  const keys = data.map((key) => ({
    keyNo: key.key_no,
    publicKey: new Uint8Array(Buffer.from(key.public_key, 'base64url')),
    isRevoked: key.state === 'revoked',
  }));
  return openKeys(eventId, keys);
}

test('a confirmed booking has its tickets, with codes that verify by the event’s public keys', async () => {
  const buyer = await house.newBuyer();
  const bookingId = await house.book(buyer, show, 3);
  const tickets = await house.ticketsOf(buyer, bookingId);
  assert.deepEqual(
    tickets.map(({ number, state, issue }) => [number, state, issue]),
    [1, 2, 3].map((number) => [number, 'valid', 1]),
  );
  const keys = await publicKeys();
  for (const { id, code } of tickets) {
    const verdict = await verifyCode(keys, code!);
    assert.equal(verdict.kind, 'genuine');
    assert.equal(verdict.kind === 'genuine' && ticketIdOf(verdict.ticket), id);
    assert.deepEqual(await house.ticket(buyer, id), { ...tickets.find((ticket) => ticket.id === id) });
  }
  assert.deepEqual(await house.ticketsOf(buyer, bookingId), tickets, 'the same code each time');
});

test('before it is confirmed a booking has no tickets, and when it is cancelled no valid ones', async () => {
  const buyer = await house.newBuyer();
  const lines = [{ ticket_type_id: show.ticketTypeId, quantity: 2 }];
  const held = await house.send({ method: 'POST', path: '/bookings', token: buyer, body: { event_id: show.eventId, lines } });
  const { id } = held.json<{ id: string }>();
  assert.deepEqual(await house.ticketsOf(buyer, id), []);
  await house.send({ method: 'POST', path: `/bookings/${id}/confirm`, token: buyer });
  const [first] = await house.ticketsOf(buyer, id);
  assert.equal(first?.state, 'valid');
  await house.send({ method: 'POST', path: `/bookings/${id}/cancel`, token: buyer });
  for (const { state, code, revoked_reason: reason } of await house.ticketsOf(buyer, id))
    assert.deepEqual([state, code, reason], ['revoked', null, 'cancel']);
  const refused = await reissue(buyer, first.id);
  assert.deepEqual([refused.statusCode, refused.json().code], [409, 'TICKETS_REVOKED']);
});

test('tickets come in pages', async () => {
  const buyer = await house.newBuyer();
  const bookingId = await house.book(buyer, show, 120);
  const first = (await get(`/bookings/${bookingId}/tickets`, buyer)).json<{ data: { id: string }[]; has_more: boolean }>();
  assert.deepEqual([first.data.length, first.has_more], [100, true]);
  const page = async (query: string) =>
    (await get(`/bookings/${bookingId}/tickets?${query}`, buyer)).json<{ data: { id: string; number: number }[]; has_more: boolean }>();
  const second = await page(`starting_after=${first.data.at(-1)!.id}`);
  assert.deepEqual([second.data[0]?.number, second.data.at(-1)?.number, second.has_more], [101, 120, false]);
  const end = await page(`starting_after=${second.data.at(-1)!.id}`);
  assert.deepEqual(end, { data: [], has_more: false });
  const other = await house.book(buyer, show);
  const foreign = await get(`/bookings/${bookingId}/tickets?starting_after=${other.replace('bkg', 'tkt')}001`, buyer);
  assert.equal(foreign.statusCode, 400);
});

test('to strangers there is no such ticket, whoever they are', async () => {
  const [buyer, stranger, person] = [await house.newBuyer(), await house.newBuyer(), await house.newPerson()];
  const bookingId = await house.book(buyer, show);
  const [ticket] = await house.ticketsOf(buyer, bookingId);
  for (const token of [stranger, person]) {
    for (const [method, path] of [
      ['GET', `/bookings/${bookingId}/tickets`],
      ['GET', `/tickets/${ticket!.id}`],
      ['POST', `/tickets/${ticket!.id}/reissue`],
      ['POST', `/tickets/${ticket!.id}/transfer`],
      ['DELETE', `/tickets/${ticket!.id}/transfer`],
    ] as const) {
      assert.equal((await house.send({ method, path, token })).statusCode, 404, `${method} ${path}`);
    }
  }
  assert.deepEqual(await house.ticket(buyer, ticket!.id), ticket);
});

test('an account sees and renews the tickets of the buyers that it has claimed', async () => {
  const [buyer, person] = [await house.newBuyer(), await house.newPerson()];
  const bookingId = await house.book(buyer, show, 2);
  const claimed = await house.send({ method: 'POST', path: '/users/me/buyer-sessions', token: person, body: { token: buyer } });
  assert.equal(claimed.statusCode, 201);
  const tickets = await house.ticketsOf(person, bookingId);
  assert.deepEqual(tickets, await house.ticketsOf(buyer, bookingId));
  assert.equal((await reissue(person, tickets[0]!.id)).statusCode, 200);
});

test('a ticket that is issued again has another code and secret; facts tell of it, numbered with the sale’s', async () => {
  const buyer = await house.newBuyer();
  const bookingId = await house.book(buyer, show);
  const [old] = await house.ticketsOf(buyer, bookingId);
  const answer = await reissue(buyer, old!.id);
  assert.equal(answer.statusCode, 200, answer.body);
  const [now] = await house.ticketsOf(buyer, bookingId);
  assert.deepEqual(answer.json(), now);
  assert.deepEqual([now!.issue, now!.state], [2, 'valid']);
  const [was, is] = [parseCode(old!.code!)!.ticket, parseCode(now!.code!)!.ticket];
  assert.notEqual(is.secret, was.secret);
  assert.deepEqual({ ...is, secret: was.secret, issue: 1 }, was);
  const [fact] = (await factsOf(house.db, eventOf(bookingId), 'ticket.reissued')).slice(-1);
  assert.deepEqual([fact?.payload['number'], fact?.payload['issue']], [1, 2]);
  assert.ok(!JSON.stringify(fact).includes(is.secret));
});

test('a reissue that is named is done once; another key, another holder’s same key do it again', async () => {
  const [buyer, key] = [await house.newBuyer(), 'my-lost-phone'];
  const bookingId = await house.book(buyer, show, 2);
  const [one, other] = await house.ticketsOf(buyer, bookingId);
  const named = (id: string, on: number, name = key) =>
    house.send({ method: 'POST', path: `/tickets/${id}/reissue`, token: buyer, on, key: name });
  const answers = await Promise.all([0, 1, 0, 1].map((on) => named(one!.id, on)));
  assert.deepEqual(
    answers.map(({ json }) => json().issue),
    [2, 2, 2, 2],
  );
  assert.equal(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true').length, 3);
  assert.equal((await named(one!.id, 0, 'again')).json().issue, 3);
  assert.equal((await named(other!.id, 0)).json().issue, 2);
  const [first, second] = await house.ticketsOf(buyer, bookingId);
  assert.notEqual(parseCode(first!.code!)!.ticket.secret, parseCode(second!.code!)!.ticket.secret);
  const bad = await named(one!.id, 0, 'k'.repeat(256));
  assert.deepEqual([bad.statusCode, bad.json().code], [400, 'IDEMPOTENCY_KEY_INVALID']);
});

test('reissues on two servers while the event sells: facts stay dense, and every issue counts', async () => {
  const buyer = await house.newBuyer();
  const bookingId = await house.book(buyer, show);
  const [ticket] = await house.ticketsOf(buyer, bookingId);
  const work = Array.from({ length: 20 }, (_, index) =>
    index % 2 === 0
      ? reissue(buyer, ticket!.id, (index >> 1) % 2).then(({ statusCode }) => statusCode)
      : house.book(buyer, show).then(() => 201),
  );
  const statuses = await Promise.all(work);
  assert.deepEqual(new Set(statuses), new Set([200, 201]));
  assert.equal((await house.ticket(buyer, ticket!.id)).issue, 11);
  const eventId = eventOf(bookingId);
  const [dense] = await house.db.query<{ n: number; last: number; seq: number }>(
    `select count(*)::int as n, max(seq)::int as last, (select fact_seq::int from sales.heads where event_id = $1) as seq
     from facts.facts where event_id = $1`,
    [eventId],
  );
  assert.deepEqual(dense, { n: dense!.last, last: dense!.last, seq: dense!.last });
});
