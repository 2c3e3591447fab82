import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '../../../platform/clock/index.ts';
import { buildBuyerSessions } from '../../accounts/index.ts';
import { openBuyers, type BuyersServer } from './support.ts';

let server: BuyersServer;
before(async () => {
  server = await openBuyers();
});
after(() => server.close());

const PATH = '/users/me/buyer-sessions';
const claim = (person: string, token: string) => server.send({ method: 'POST', path: PATH, token: person, body: { token } });
const letGo = (person: string, id: string) => server.send({ method: 'DELETE', path: `${PATH}/${id}`, token: person });
const bookingsOf = async (person: string) =>
  (await server.send({ method: 'GET', path: '/users/me/bookings', token: person })).json<{ data: { id: string; claim_id: string }[] }>()
    .data;
const renewed = async (person: string) =>
  (await server.send({ method: 'POST', path: `${PATH}/tokens`, token: person })).json<{ data: { id: string; token: string }[] }>().data;

test('what was booked as nobody is listed in the account, and another device acts on it', async () => {
  const person = await server.newPerson();
  const event = await server.newEvent();
  const [one, two] = [server.newBuyer(), server.newBuyer()];
  const made = [await one.book(event), await two.book(event)];
  const first = await claim(person, one.token);
  assert.equal(first.statusCode, 201, first.body);
  const again = await claim(person, one.token);
  assert.deepEqual([again.statusCode, again.json()], [200, first.json()]);
  await claim(person, two.token);
  made.push(await one.book(event));
  await server.follow();
  const listed = await bookingsOf(person);
  assert.deepEqual(
    listed.map(({ id }) => id),
    made.toReversed(),
  );
  const [, { id: secondClaim = '' } = {}] = (await renewed(person)).toReversed();
  assert.deepEqual(
    listed.map((one) => one.claim_id),
    [first.json().id, secondClaim, first.json().id],
  );
  const sessions = await renewed(person);
  for (const { id, claim_id: claimId } of listed) {
    const token = sessions.find((session) => session.id === claimId)?.token ?? '';
    assert.equal((await server.send({ method: 'GET', path: `/bookings/${id}`, token })).statusCode, 200);
  }
});

test('one account has a buyer: another is refused, also at the same time, until it is let go', async () => {
  const [ada, grace] = [await server.newPerson(), await server.newPerson()];
  const buyer = server.newBuyer();
  const answers = await Promise.all([claim(ada, buyer.token), claim(grace, buyer.token), claim(ada, buyer.token)]);
  const statuses = answers.map(({ statusCode }) => statusCode);
  const winner = statuses[1] === 201 ? grace : ada;
  const loser = winner === ada ? grace : ada;
  assert.deepEqual(statuses.toSorted(), winner === grace ? [201, 409, 409] : [200, 201, 409]);
  assert.equal((await claim(loser, buyer.token)).json().code, 'BUYERS_CLAIMED_BY_ANOTHER');
  const { id } = (await claim(winner, buyer.token)).json<{ id: string }>();
  assert.equal((await letGo(loser, id)).statusCode, 404, 'another’s claim is not there');
  assert.deepEqual([await bookingsOf(loser), await renewed(loser)], [[], []]);
  assert.equal((await letGo(winner, id)).statusCode, 204);
  assert.equal((await letGo(winner, id)).statusCode, 404);
  assert.equal((await letGo(winner, 'clm_nothing')).statusCode, 404);
  assert.deepEqual(await renewed(winner), []);
  assert.equal((await claim(loser, buyer.token)).statusCode, 201);
});

test('a session that is forged, has expired or is none is not claimed, and nobody who is not signed in claims', async () => {
  const person = await server.newPerson();
  const buyer = server.newBuyer();
  const forged = buildBuyerSessions({ serverKey: Buffer.alloc(32, 1), clock: systemClock }).issueBuyerSession(systemClock.nowMs()).token;
  for (const token of [forged, server.accounts.issueBuyerSession(0).token, person, buyer.buyerKey, 'bys_', `${buyer.token}x`]) {
    const answer = await claim(person, token);
    assert.deepEqual([answer.statusCode, answer.json().errors?.[0]?.field], [400, '/token'], answer.body);
  }
  assert.equal((await claim(buyer.token, buyer.token)).json().code, 'ACCESS_TOKEN_INVALID');
  assert.deepEqual(await renewed(person), []);
});

test('a place in another’s list is none in one’s own', async () => {
  const [ada, grace] = [await server.newPerson(), await server.newPerson()];
  const event = await server.newEvent();
  const [one, two] = [server.newBuyer(), server.newBuyer()];
  const [, others] = [await one.book(event), await two.book(event)];
  await claim(ada, one.token);
  await claim(grace, two.token);
  await server.follow();
  const answer = await server.send({ method: 'GET', path: `/users/me/bookings?starting_after=${others}`, token: ada });
  assert.deepEqual([answer.statusCode, answer.json().code], [400, 'REQUEST_INVALID']);
});

test('an account has a bounded number of buyers, also when many are claimed at once', async () => {
  const person = await server.newPerson();
  const answers = await Promise.all(Array.from({ length: 104 }, () => claim(person, server.newBuyer().token)));
  const refused = answers.filter(({ statusCode }) => statusCode === 409);
  assert.deepEqual([answers.length - refused.length, refused.length], [100, 4]);
  assert.equal(refused[0]?.json().code, 'BUYERS_TOO_MANY_CLAIMS');
  assert.equal((await renewed(person)).length, 100);
});
