import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseCode } from '@tessera/ticket-code';
import { purgeTransfers } from '../queries/transfers.ts';
import { admit, anAddress, eventOf, factsOf, openHouse, type House, type Show, type TicketBody } from './support.ts';

let house: House;
let show: Show;
before(async () => {
  house = await openHouse();
  show = await house.newShow();
});
after(() => house.close());

type Offered = { token: string | null; email: string | null; expires_at: string };

const offer = (token: string, id: string, body?: object, on = 0) =>
  house.send({ method: 'POST', path: `/tickets/${id}/transfer`, token, body, on });
const withdraw = (token: string, id: string, on = 0) => house.send({ method: 'DELETE', path: `/tickets/${id}/transfer`, token, on });
const accept = (token: string, link: string, on = 0) =>
  house.send({ method: 'POST', path: '/ticket-transfers/accept', token, body: { token: link }, on });

async function soldTicket(): Promise<{ buyer: string; bookingId: string; ticket: TicketBody }> {
  const buyer = await house.newBuyer();
  const bookingId = await house.book(buyer, show, 2);
  const [ticket] = await house.ticketsOf(buyer, bookingId);
  return { buyer, bookingId, ticket: ticket! };
}

async function linkOf(buyer: string, ticketId: string): Promise<string> {
  const answer = await offer(buyer, ticketId);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<Offered>().token!;
}

async function codeOf(answer: ReturnType<typeof accept>): Promise<[number, string | undefined]> {
  const { statusCode, body } = await answer;
  return [statusCode, (JSON.parse(body) as { code?: string }).code];
}

test('who takes an offered ticket has it, with a code of its own; who booked sees that it is gone', async () => {
  const { buyer, bookingId, ticket } = await soldTicket();
  const friend = await house.newBuyer();
  const link = await linkOf(buyer, ticket.id);
  assert.deepEqual((await house.ticket(buyer, ticket.id)).code, ticket.code, 'offered, it is still the holder’s');
  const taken = await accept(friend, link);
  assert.equal(taken.statusCode, 201, taken.body);
  const theirs = taken.json<TicketBody>();
  assert.deepEqual([theirs.id, theirs.state, theirs.issue], [ticket.id, 'valid', 2]);
  assert.notEqual(parseCode(theirs.code!)!.ticket.secret, parseCode(ticket.code!)!.ticket.secret);
  const seen = await house.ticketsOf(buyer, bookingId);
  assert.deepEqual(
    seen.map(({ state, code }) => [state, code !== null]),
    [
      ['transferred', false],
      ['valid', true],
    ],
  );
  assert.deepEqual(await house.ticketsOf(friend, bookingId), [theirs], 'the other ticket is not theirs');
  for (const path of [`/tickets/${ticket.id}/reissue`, `/tickets/${ticket.id}/transfer`])
    assert.equal((await house.send({ method: 'POST', path, token: buyer })).statusCode, 404);
  const [fact] = (await factsOf(house.db, eventOf(bookingId), 'ticket.transferred')).slice(-1);
  assert.deepEqual([fact?.payload['number'], fact?.payload['issue']], [1, 2]);
});

test('who gave a ticket away and gets it back has it as before; who had it in between sees nothing of it', async () => {
  const { buyer, bookingId, ticket } = await soldTicket();
  const [friend, other] = [await house.newBuyer(), await house.newBuyer()];
  await accept(friend, await linkOf(buyer, ticket.id));
  await accept(other, await linkOf(friend, ticket.id));
  assert.equal((await house.send({ method: 'GET', path: `/tickets/${ticket.id}`, token: friend })).statusCode, 404);
  assert.equal((await house.send({ method: 'GET', path: `/bookings/${bookingId}/tickets`, token: friend })).statusCode, 404);
  assert.equal((await house.ticket(buyer, ticket.id)).state, 'transferred');
  await accept(buyer, await linkOf(other, ticket.id));
  assert.deepEqual([(await house.ticket(buyer, ticket.id)).state, (await house.ticket(buyer, ticket.id)).issue], ['valid', 4]);
  assert.equal((await house.send({ method: 'GET', path: `/tickets/${ticket.id}`, token: other })).statusCode, 404);
});

test('an offer is mailed to whom it is for, and the token is told to nobody else', async () => {
  const { buyer, ticket } = await soldTicket();
  const email = anAddress();
  const offered = (await offer(buyer, ticket.id, { email })).json<Offered>();
  assert.deepEqual([offered.token, offered.email], [null, email]);
  const shown = await house.ticket(buyer, ticket.id);
  assert.deepEqual([shown.offered_to, shown.offered_until], [email, offered.expires_at]);
  const mail = await house.mailedTo(email);
  assert.match(mail.subject, /A long evening/);
  const token = /tft_\S+/.exec(mail.text)?.[0] ?? '';
  assert.equal((await accept(await house.newBuyer(), token)).statusCode, 201);
  assert.deepEqual([(await house.ticket(buyer, ticket.id)).offered_to, (await house.ticket(buyer, ticket.id)).offered_until], [null, null]);
});

test('addresses and tokens lie nowhere in the database as they are, and addresses go with the offer', async () => {
  const { buyer, ticket } = await soldTicket();
  const email = anAddress();
  await offer(buyer, ticket.id, { email });
  const token = /tft_\S+/.exec((await house.mailedTo(email)).text)?.[0] ?? '';
  const everything = async (): Promise<string> => {
    const rows = await house.db.query<{ text: string }>(
      `select coalesce(string_agg(t::text, ''), '') || coalesce(string_agg(encode(secret_hash, 'escape'), ''), '')
         || coalesce(string_agg(encode(email_sealed, 'escape'), ''), '') as text from tickets.transfers t
       union all select coalesce(string_agg(t::text, ''), '') from tickets.tickets t
       union all select coalesce(string_agg(f::text, ''), '') from facts.facts f
       union all select coalesce(string_agg(a::text, ''), '') from organizations.actions a`,
    );
    return rows.map(({ text }) => text).join('');
  };
  assert.equal(
    (await house.db.query('select 1 from tickets.transfers where email_sealed is not null')).length,
    1,
    'there is something to find',
  );
  const text = await everything();
  assert.ok(!text.includes(email) && !text.includes(Buffer.from(email).toString('hex')));
  assert.ok(!text.includes(token.slice(-32)));
  assert.equal((await accept(await house.newBuyer(), token)).statusCode, 201);
  const sealed = await house.db.query('select 1 from tickets.transfers where email_sealed is not null and accepted_at is not null');
  assert.deepEqual(sealed, []);
});

test('an offer can be withdrawn until it is taken, and a new one makes the one before void', async () => {
  const { buyer, ticket } = await soldTicket();
  const friend = await house.newBuyer();
  const first = await linkOf(buyer, ticket.id);
  const second = await linkOf(buyer, ticket.id);
  assert.equal((await accept(friend, first)).json().code, 'TICKETS_TRANSFER_INVALID');
  assert.equal((await withdraw(buyer, ticket.id)).statusCode, 204);
  assert.equal((await withdraw(buyer, ticket.id)).statusCode, 404);
  assert.equal((await accept(friend, second)).json().code, 'TICKETS_TRANSFER_INVALID');
  assert.equal((await house.ticket(buyer, ticket.id)).offered_until, null);
  const third = await linkOf(buyer, ticket.id);
  assert.equal((await accept(friend, third)).statusCode, 201);
  assert.equal((await withdraw(buyer, ticket.id)).statusCode, 404);
});

test('of many who take a ticket at once on two servers one gets it, and hears the same again', async () => {
  const { buyer, bookingId, ticket } = await soldTicket();
  const link = await linkOf(buyer, ticket.id);
  const friends = await Promise.all(Array.from({ length: 8 }, () => house.newBuyer()));
  const answers = await Promise.all(friends.map((friend, index) => accept(friend, link, index % 2)));
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [201, 422, 422, 422, 422, 422, 422, 422]);
  const winner = friends[answers.findIndex(({ statusCode }) => statusCode === 201)]!;
  const again = await accept(winner, link);
  assert.deepEqual([again.statusCode, again.headers['idempotency-replayed']], [200, 'true']);
  assert.deepEqual(again.json(), answers.find(({ statusCode }) => statusCode === 201)!.json());
  const facts = (await factsOf(house.db, eventOf(bookingId), 'ticket.transferred')).filter(
    ({ payload }) => payload['issue'] === 2 && payload['number'] === 1,
  );
  assert.equal(new Set(facts.map(({ seq }) => seq)).size, facts.length);
  assert.equal((await house.ticket(winner, ticket.id)).issue, 2);
});

test('what is revoked or was used is neither offered nor taken', async () => {
  const friend = await house.newBuyer();
  const revoked = await soldTicket();
  const lost = await linkOf(revoked.buyer, revoked.ticket.id);
  await house.send({ method: 'POST', path: `/bookings/${revoked.bookingId}/cancel`, token: revoked.buyer });
  assert.deepEqual((await accept(friend, lost)).json().code, 'TICKETS_REVOKED');
  assert.deepEqual((await offer(revoked.buyer, revoked.ticket.id)).json().code, 'TICKETS_REVOKED');
  assert.equal((await house.ticket(revoked.buyer, revoked.ticket.id)).offered_until, null);
  const used = await soldTicket();
  const late = await linkOf(used.buyer, used.ticket.id);
  await admit(house.db, used.ticket.id);
  assert.deepEqual((await accept(friend, late)).json().code, 'TICKETS_ALREADY_ADMITTED');
  assert.deepEqual((await offer(used.buyer, used.ticket.id)).json().code, 'TICKETS_ALREADY_ADMITTED');
});

test('a ticket that was passed on is revoked with its booking', async () => {
  const { buyer, bookingId, ticket } = await soldTicket();
  const friend = await house.newBuyer();
  await accept(friend, await linkOf(buyer, ticket.id));
  await house.send({ method: 'POST', path: `/bookings/${bookingId}/cancel`, token: buyer });
  const theirs = await house.ticket(friend, ticket.id);
  assert.deepEqual([theirs.state, theirs.code], ['revoked', null]);
});

test('cancelling and taking at once: the ticket is revoked in the end, whoever has it', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { buyer, bookingId, ticket } = await soldTicket();
    const friend = await house.newBuyer();
    const link = await linkOf(buyer, ticket.id);
    const [taken, cancelled] = await Promise.all([
      accept(friend, link, round % 2),
      house.send({ method: 'POST', path: `/bookings/${bookingId}/cancel`, token: buyer, on: 1 - (round % 2) }),
    ]);
    assert.equal(cancelled.statusCode, 200, cancelled.body);
    assert.ok([201, 409].includes(taken.statusCode), taken.body);
    const holder = taken.statusCode === 201 ? friend : buyer;
    assert.equal((await house.ticket(holder, ticket.id)).state, 'revoked');
  }
});

test('taking while it is issued again: both orders leave one good code, the holder’s', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { buyer, ticket } = await soldTicket();
    const friend = await house.newBuyer();
    const link = await linkOf(buyer, ticket.id);
    const [taken, renewed] = await Promise.all([
      codeOf(accept(friend, link, round % 2)),
      house.send({ method: 'POST', path: `/tickets/${ticket.id}/reissue`, token: buyer, on: 1 - (round % 2) }),
    ]);
    assert.equal(taken[0], 201);
    assert.ok([200, 404].includes(renewed.statusCode), renewed.body);
    const { code, issue } = await house.ticket(friend, ticket.id);
    assert.equal(issue, renewed.statusCode === 200 ? 3 : 2);
    assert.equal(code, taken[1]);
    assert.notEqual(renewed.json<TicketBody>().code ?? null, code);
  }
});

test('one’s own ticket, another’s token, a changed or a stale one take nothing', async () => {
  const [{ buyer, ticket }, other] = [await soldTicket(), await soldTicket()];
  const link = await linkOf(buyer, ticket.id);
  assert.equal((await accept(buyer, link)).json().code, 'TICKETS_OWN');
  const friend = await house.newBuyer();
  const swapped = link.replace(ticket.id.slice(4), other.ticket.id.slice(4));
  const changed = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A');
  for (const token of [swapped, changed, link.slice(0, -1), `${link}A`, link.toUpperCase(), ticket.id, 'tft_', 'tft_x'])
    assert.deepEqual((await accept(friend, token)).json().code, 'TICKETS_TRANSFER_INVALID', token);
  const unknownEvent = link.slice(0, 5) + '0' + link.slice(6);
  assert.equal((await accept(friend, unknownEvent)).json().code, 'TICKETS_TRANSFER_INVALID');
  await house.db.query(`update tickets.transfers set expires_at = now() - interval '1 second'`);
  assert.deepEqual((await accept(friend, link)).json().code, 'TICKETS_TRANSFER_INVALID');
});

test('offers that have run out are removed', async () => {
  const { buyer, ticket } = await soldTicket();
  await offer(buyer, ticket.id, { email: anAddress() });
  assert.equal(await purgeTransfers(house.db, Date.now() + 8 * 86_400_000), false);
  assert.deepEqual(await house.db.query('select 1 from tickets.transfers'), []);
  assert.equal((await house.ticket(buyer, ticket.id)).offered_to, null);
});

test('offers by mail are limited', async () => {
  const { buyer, ticket } = await soldTicket();
  const email = anAddress();
  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1) statuses.push((await offer(buyer, ticket.id, { email })).statusCode);
  assert.deepEqual(statuses, [201, 201, 201, 201, 201, 429]);
});
