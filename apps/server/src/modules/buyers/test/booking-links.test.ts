import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mailedToken, newAddress, newIp, openBuyers, type BuyersServer, type TestBuyer } from './support.ts';

let server: BuyersServer;
before(async () => {
  server = await openBuyers();
});
after(() => server.close());

type Opened = { token: string; booking_ids: string[]; expires_in_seconds: number };

const setContact = async (buyer: TestBuyer, email: string): Promise<void> => {
  const answer = await server.send({ method: 'PUT', path: '/buyer-sessions/me/contact', token: buyer.token, body: { email } });
  assert.equal(answer.statusCode, 200, answer.body);
};
const ask = (email: string, from = newIp()) => server.send({ method: 'POST', path: '/booking-links', body: { email }, from });
const open = (token: string, from = newIp()) => server.send({ method: 'POST', path: '/booking-links/open', body: { token }, from });
const opened = async (token: string): Promise<Opened[]> => {
  const answer = await open(token);
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal(answer.headers['cache-control'], 'no-store');
  return answer.json<{ data: Opened[] }>().data;
};
const keyOf = (token: string): string => {
  const check = server.accounts.checkBuyerSession(token);
  assert.equal(check.kind, 'valid');
  return check.buyerKey;
};
/** Errands that have begun have ended by the next one's mail. */
async function nextMail(): Promise<void> {
  const [buyer, email] = [server.newBuyer(), newAddress()];
  await setContact(buyer, email);
  await ask(email);
  await mailedToken(server.mails, email);
}

test('a mailed link opens the bookings of every session with the address, on a device that has none of them', async () => {
  const event = await server.newEvent();
  const email = newAddress();
  const [one, two, stranger] = [server.newBuyer(), server.newBuyer(), server.newBuyer()];
  for (const buyer of [one, two]) await setContact(buyer, email);
  await setContact(stranger, newAddress());
  const made = [await one.book(event), await two.book(event), await two.book(event)];
  await stranger.book(event);
  await server.follow();
  assert.equal((await ask(email.toUpperCase())).statusCode, 202);
  const found = await opened(await mailedToken(server.mails, email));
  assert.deepEqual(new Set(found.map(({ token }) => keyOf(token))), new Set([one.buyerKey, two.buyerKey]));
  assert.deepEqual(new Set(found.flatMap((buyer) => buyer.booking_ids)), new Set(made));
  const release = await server.send({ method: 'GET', path: `/bookings/${made[1]}`, token: found[0]!.token });
  assert.equal(release.statusCode, 200, 'the fresh session is the buyer’s');
  const verified = await server.db.query('select buyer_key from buyers.contacts where verified_at is not null');
  assert.equal(verified.length, 2);
});

test('the answer is the same for an address that nobody has given, and nothing is mailed', async () => {
  const [known, unknown] = [newAddress(), newAddress()];
  await setContact(server.newBuyer(), known);
  const [one, other] = [await ask(known), await ask(unknown)];
  assert.deepEqual([other.statusCode, other.body], [one.statusCode, one.body]);
  await nextMail();
  assert.ok(!server.mails.some(({ to }) => to === unknown));
  const tokens = await server.db.query<{ n: number }>(
    `select count(*)::int as n from buyers.links where encode(token_hash, 'escape') like 'mlt%'`,
  );
  assert.deepEqual(tokens, [{ n: 0 }]);
});

test('known and unknown addresses take the same time until the answer', async () => {
  const known = Array.from({ length: 30 }, newAddress);
  for (const email of known) await setContact(server.newBuyer(), email);
  const millisOf = async (email: string): Promise<number> => {
    const beganMs = performance.now();
    await ask(email);
    return performance.now() - beganMs;
  };
  const median = (values: number[]): number => values.sort((one, other) => one - other)[values.length >> 1] ?? 0;
  const [yes, no]: [number[], number[]] = [[], []];
  for (const email of known) {
    yes.push(await millisOf(email));
    no.push(await millisOf(newAddress()));
  }
  const [knownMs, unknownMs] = [median(yes), median(no)];
  process.stdout.write(`booking links: ${knownMs.toFixed(2)} ms known, ${unknownMs.toFixed(2)} ms unknown\n`);
  assert.ok(knownMs < 5 * unknownMs && unknownMs < 5 * knownMs);
});

test('a token is good once: replayed, guessed or old it opens nothing, and of two at once one wins', async () => {
  const email = newAddress();
  await setContact(server.newBuyer(), email);
  await ask(email);
  const token = await mailedToken(server.mails, email);
  const answers = await Promise.all(Array.from({ length: 6 }, () => open(token)));
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 422, 422, 422, 422, 422]);
  assert.equal((await open(token)).json().code, 'BUYERS_LINK_INVALID');
  assert.equal((await open('mlt_guessed')).json().code, 'BUYERS_LINK_INVALID');
  await ask(email);
  const late = await mailedToken(server.mails, email, 2);
  server.advance(3_601);
  assert.equal((await open(late)).json().code, 'BUYERS_LINK_INVALID');
});

test('several links of one mailbox, opened at once, each open everything', async () => {
  const email = newAddress();
  for (let count = 0; count < 30; count += 1) await setContact(server.newBuyer(), email);
  const tokens: string[] = [];
  for (let count = 1; count <= 4; count += 1) {
    await ask(email);
    tokens.push(await mailedToken(server.mails, email, count));
  }
  const found = await Promise.all(tokens.map(opened));
  assert.deepEqual(
    found.map((buyers) => buyers.length),
    [30, 30, 30, 30],
  );
});

test('another’s address on one’s own session sends that other a link to one’s own bookings, and tells oneself nothing', async () => {
  const event = await server.newEvent();
  const email = newAddress();
  const [owner, stranger] = [server.newBuyer(), server.newBuyer()];
  await setContact(owner, email);
  const owners = await owner.book(event);
  const before = await server.send({ method: 'PUT', path: '/buyer-sessions/me/contact', token: stranger.token, body: { email } });
  const strangers = await stranger.book(event);
  await server.follow();
  const asked = await ask(email);
  const found = await opened(await mailedToken(server.mails, email));
  assert.deepEqual(new Set(found.flatMap((buyer) => buyer.booking_ids)), new Set([owners, strangers]));
  const mail = server.mails.findLast(({ to }) => to === email);
  assert.match(mail?.text ?? '', /somebody else typed your address/);
  const after = await server.send({ method: 'GET', path: '/buyer-sessions/me/contact', token: stranger.token });
  assert.deepEqual(after.json(), before.json(), 'not even that the link was followed');
  assert.doesNotMatch(asked.body, /bkg_|bys_|mlt_/);
  assert.equal((await server.send({ method: 'GET', path: `/bookings/${owners}`, token: stranger.token })).statusCode, 404);
});

test('a mailbox that differs in case alone gets its own link, to what it was given for alone', async () => {
  const owner = newAddress();
  const thief = owner.toUpperCase();
  const [one, other] = [server.newBuyer(), server.newBuyer()];
  await setContact(one, owner);
  await setContact(other, thief);
  // Stored with its domain in lower case, as every address is.
  const stored = `${thief.split('@', 1)[0]}@example.org`;
  await ask(stored);
  const found = await opened(await mailedToken(server.mails, stored));
  assert.deepEqual(
    found.map(({ token }) => keyOf(token)),
    [other.buyerKey],
  );
  assert.ok(!server.mails.some(({ to }) => to === owner));
});

test('an address that was forgotten, or replaced, after the mail went out is not opened', async () => {
  const email = newAddress();
  const [forgets, replaces] = [server.newBuyer(), server.newBuyer()];
  for (const buyer of [forgets, replaces]) await setContact(buyer, email);
  await ask(email);
  const token = await mailedToken(server.mails, email);
  await server.send({ method: 'DELETE', path: '/buyer-sessions/me/contact', token: forgets.token });
  await setContact(replaces, newAddress());
  assert.deepEqual(await opened(token), []);
  await ask(email);
  await nextMail();
  assert.equal(server.mails.filter(({ to }) => to === email).length, 1);
});

test('sixty empty sessions of strangers do not crowd out the one with a booking', async () => {
  const email = newAddress();
  const owner = server.newBuyer();
  await setContact(owner, email);
  const id = await owner.book(await server.newEvent());
  await server.follow();
  for (let count = 0; count < 60; count += 1) await setContact(server.newBuyer(), email);
  await ask(email);
  const found = await opened(await mailedToken(server.mails, email));
  assert.equal(found.length, 50);
  assert.deepEqual(found[0]?.booking_ids, [id]);
});

test('mails are limited by address and by client, known or not, and so are guesses', async () => {
  for (const email of [newAddress(), newAddress()]) {
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await ask(email)).statusCode);
    assert.deepEqual(statuses, [202, 202, 202, 202, 202, 429]);
  }
  const from = newIp();
  let answer = await ask(newAddress(), from);
  for (let count = 0; count < 50 && answer.statusCode === 202; count += 1) answer = await ask(newAddress(), from);
  assert.deepEqual([answer.statusCode, answer.json().code], [429, 'TOO_MANY_ATTEMPTS']);
  const guesser = newIp();
  let guess = await open('mlt_guess', guesser);
  for (let count = 0; count < 100 && guess.statusCode === 422; count += 1) guess = await open('mlt_guess', guesser);
  assert.equal(guess.statusCode, 429);
});
