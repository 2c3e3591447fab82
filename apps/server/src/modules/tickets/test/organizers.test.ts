import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { admit, openHouse, type House, type Show, type TicketBody } from './support.ts';

let house: House;
let show: Show;
before(async () => {
  house = await openHouse();
  show = await house.newShow();
});
after(() => house.close());

type Listed = { id: string; booking_id: string; number: number; state: string; transferred: boolean; issue: number };
type Page = { data: Listed[]; has_more: boolean };

async function page(query = '', { eventId } = show): Promise<Page> {
  const answer = await house.asPlatform('GET', `/events/${eventId}/tickets?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<Page>();
}

test('an event’s tickets are listed by booking and number, page by page, and looked for', async () => {
  const buyers = await Promise.all(Array.from({ length: 5 }, () => house.newBuyer()));
  const bookings = await Promise.all(buyers.map((buyer, index) => house.book(buyer, show, index + 1)));
  const all: Listed[] = [];
  for (let more = true, after = ''; more; after = `&starting_after=${all.at(-1)!.id}`) {
    const { data, has_more: hasMore } = await page(`limit=4${after}`);
    all.push(...data);
    more = hasMore;
  }
  assert.equal(all.length, 15);
  assert.deepEqual(
    all.map(({ id }) => id),
    all.map(({ id }) => id).sort(),
  );
  assert.ok(!JSON.stringify(all).includes('"code"'));
  const ofOne = await page(`booking_id=${bookings[2]}`);
  assert.deepEqual(
    ofOne.data.map(({ number }) => number),
    [1, 2, 3],
  );
  await house.send({ method: 'POST', path: `/bookings/${bookings[3]}/cancel`, token: buyers[3]! });
  assert.equal((await page('state=revoked')).data.length, 4);
  assert.equal((await page('state=valid')).data.length, 11);
  await admit(house.db, ofOne.data[0]!.id);
  assert.deepEqual(
    (await page('admitted=true')).data.map(({ id }) => id),
    [ofOne.data[0]!.id],
  );
  assert.equal((await page(`ticket_type_id=${show.ticketTypeId}`)).data.length, 15);
});

test('what a query names must be of the event', async () => {
  const other = await house.newShow();
  const booking = await house.book(await house.newBuyer(), other);
  for (const query of [
    `booking_id=${booking}`,
    `ticket_type_id=${other.ticketTypeId}`,
    `starting_after=${booking.replace('bkg', 'tkt')}001`,
    'starting_after=tkt_x',
    'state=transferred',
  ]) {
    assert.equal((await house.asPlatform('GET', `/events/${show.eventId}/tickets?${query}`)).statusCode, 400, query);
  }
});

test('a ticket that is issued again for its holder has another code, which the organizer is not shown; it is recorded', async () => {
  const buyer = await house.newBuyer();
  const [ticket] = await house.ticketsOf(buyer, await house.book(buyer, show));
  const path = `/events/${show.eventId}/tickets/${ticket!.id}/reissue`;
  const answer = await house.asPlatform('POST', path);
  assert.equal(answer.statusCode, 200, answer.body);
  assert.deepEqual([answer.json<Listed>().issue, 'code' in answer.json<object>()], [2, false]);
  assert.notEqual((await house.ticket(buyer, ticket!.id)).code, ticket!.code);
  const { data } = (await house.asPlatform('GET', '/actions')).json<{ data: { what: string; after: unknown }[] }>();
  assert.deepEqual([data[0]?.what, data[0]?.after], ['ticket.reissued', { ticket_id: ticket!.id, issue: 2 }]);
  const other = await house.newShow();
  assert.equal((await house.asPlatform('POST', `/events/${other.eventId}/tickets/${ticket!.id}/reissue`)).statusCode, 404);
});

test('organizers see that a ticket was passed on, and rotate keys, which is recorded', async () => {
  const [buyer, friend] = [await house.newBuyer(), await house.newBuyer()];
  const evening = await house.newShow();
  const bookingId = await house.book(buyer, evening);
  const [ticket] = await house.ticketsOf(buyer, bookingId);
  const offered = await house.send({ method: 'POST', path: `/tickets/${ticket!.id}/transfer`, token: buyer });
  const { token } = offered.json<{ token: string }>();
  await house.send({ method: 'POST', path: '/ticket-transfers/accept', token: friend, body: { token } });
  assert.deepEqual(
    (await page('', evening)).data.map(({ transferred }) => transferred),
    [true],
  );
  const keys = `/events/${evening.eventId}/ticket-keys`;
  const rotated = await house.asPlatform('POST', `${keys}/rotate`, { revoke: true });
  assert.equal(rotated.statusCode, 201, rotated.body);
  const states = (body: { data: { state: string }[] }) => body.data.map(({ state }) => state);
  assert.deepEqual(states(rotated.json()), ['revoked', 'active']);
  assert.deepEqual((await house.asPlatform('GET', keys)).json(), rotated.json());
  const everybody = await house.send({ method: 'GET', path: keys });
  assert.deepEqual([everybody.json(), everybody.headers['cache-control']], [rotated.json(), 'public, max-age=60']);
  assert.ok(!everybody.body.includes('private'));
  const { data } = (await house.asPlatform('GET', '/actions')).json<{ data: { what: string; after: unknown }[] }>();
  assert.deepEqual([data[0]?.what, data[0]?.after], ['ticket_keys.rotated', { key_no: 2, revoke: true }]);
});

test('keys of a draft are for its organizer alone', async () => {
  const draft = await house.newShow({ sale: { state: 'draft' } });
  const path = `/events/${draft.eventId}/ticket-keys`;
  assert.equal((await house.send({ method: 'GET', path })).statusCode, 404);
  const { data } = (await house.asPlatform('GET', path)).json<{ data: TicketBody[] }>();
  assert.equal(data.length, 1);
});
