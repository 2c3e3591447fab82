import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseCellId } from '../../../platform/ids/index.ts';
import { eventOf, openHouse, type House, type Show, type TicketBody } from './support.ts';

let house: House;
let show: Show;
before(async () => {
  house = await openHouse();
  show = await house.newShow();
});
after(() => house.close());

type Told = { code?: string; reason?: string };

const post = (token: string, path: string, body?: object) => house.send({ method: 'POST', path, token, body });
const offerBack = (token: string, bookingId: string) => post(token, `/bookings/${bookingId}/offers`, { ticket_numbers: [1] });
const keep = (token: string, bookingId: string) => post(token, `/bookings/${bookingId}/offers/withdraw`, { ticket_numbers: [1] });

async function told(answer: ReturnType<typeof post>): Promise<[number, string | undefined, string | undefined]> {
  const { statusCode, body } = await answer;
  const { code, reason } = JSON.parse(body) as Told;
  return [statusCode, code, reason];
}

async function soldTicket(): Promise<{ buyer: string; bookingId: string; ticket: TicketBody }> {
  const buyer = await house.newBuyer();
  const bookingId = await house.book(buyer, show);
  const [ticket] = await house.ticketsOf(buyer, bookingId);
  return { buyer, bookingId, ticket: ticket! };
}

async function linkOf(buyer: string, { id }: TicketBody): Promise<string> {
  const answer = await post(buyer, `/tickets/${id}/transfer`);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<{ token: string }>().token;
}

test('a ticket that is offered back gets no other code and goes to nobody, until it is kept after all', async () => {
  const { buyer, bookingId, ticket } = await soldTicket();
  assert.equal((await offerBack(buyer, bookingId)).statusCode, 200);
  const refused = [409, 'TICKETS_OFFERED_BACK', undefined];
  assert.deepEqual(await told(post(buyer, `/tickets/${ticket.id}/transfer`)), refused);
  assert.deepEqual(await told(post(buyer, `/tickets/${ticket.id}/reissue`)), refused);
  assert.deepEqual(await told(house.asPlatform('POST', `/events/${show.eventId}/tickets/${ticket.id}/reissue`)), refused);
  assert.equal((await house.ticket(buyer, ticket.id)).code, ticket.code, 'its code is good');
  assert.equal((await keep(buyer, bookingId)).statusCode, 200);
  assert.equal((await post(buyer, `/tickets/${ticket.id}/reissue`)).statusCode, 200);
  await linkOf(buyer, ticket);
});

test('what is being passed on, or was, is not offered back', async () => {
  const { buyer, bookingId, ticket } = await soldTicket();
  const link = await linkOf(buyer, ticket);
  assert.deepEqual(await told(offerBack(buyer, bookingId)), [409, 'SALES_NOT_OFFERABLE', 'being_passed_on']);
  const friend = await house.newBuyer();
  assert.equal((await post(friend, '/ticket-transfers/accept', { token: link })).statusCode, 201);
  assert.deepEqual(await told(offerBack(buyer, bookingId)), [409, 'SALES_NOT_OFFERABLE', 'passed_on']);
});

test('where both came to be at once, the link is of no use while the ticket is offered back', async () => {
  const { buyer, bookingId, ticket } = await soldTicket();
  const link = await linkOf(buyer, ticket);
  const friend = await house.newBuyer();
  // As if the link had been made between the look and the lane.
  const offeredUntil = (until: string) =>
    house.db.query(`update tickets.tickets set offered_until = ${until} where event_id = $1 and booking_id = $2`, [
      eventOf(bookingId),
      parseCellId('bkg', bookingId)!.id,
    ]);
  await offeredUntil('null');
  assert.equal((await offerBack(buyer, bookingId)).statusCode, 200);
  await offeredUntil(`now() + interval '1 day'`);
  assert.deepEqual(await told(post(friend, '/ticket-transfers/accept', { token: link })), [409, 'TICKETS_OFFERED_BACK', undefined]);
  assert.equal((await keep(buyer, bookingId)).statusCode, 200);
  assert.equal((await post(friend, '/ticket-transfers/accept', { token: link })).statusCode, 201);
});
