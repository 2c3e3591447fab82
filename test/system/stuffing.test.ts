import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD } from './contract/person.ts';
import { openHouses, type Houses } from './houses.ts';

/** Stolen pairs tried by a machine at one address, and guesses at one account by another: 200 wrong passwords in all. */
const [SPREAD, AIMED] = [110, 90];
const ACCOUNTS = 5;
/** Beyond that a stranger could tell by the time who has an account. The same order is asked for, no speed. */
const RATIO_MAX = 5;

let houses: Houses;
before(async () => {
  houses = await openHouses();
});
after(() => houses.close());

type Tried = { status: number; retryAfter: string | undefined; words: string; ms: number };

async function signIn(email: string, password: string, from: string): Promise<Tried> {
  const beganMs = performance.now();
  const answer = await houses.server.inject({ method: 'POST', url: '/api/v1/sessions', remoteAddress: from, payload: { email, password } });
  const ms = performance.now() - beganMs;
  const words = answer.body.replace(/"request_id":"[^"]*"/, '').replace(/in \d+ seconds/, '');
  return { status: answer.statusCode, retryAfter: answer.headers['retry-after']?.toString(), words, ms };
}

test('200 wrong passwords meet the limits, tell nobody who has an account, and shut no owner out', async (context) => {
  const known: string[] = [];
  for (let count = 0; count < ACCOUNTS; count += 1) known.push((await houses.newPerson()).email);
  const unknown = known.map((_email, index) => `nobody-${index}@example.org`);
  const tried: Record<'known' | 'unknown', Tried[]> = { known: [], unknown: [] };
  for (let count = 0; count < SPREAD; count += 1) {
    const which = count % 2 === 0 ? 'known' : 'unknown';
    const email = (which === 'known' ? known : unknown)[(count >> 1) % ACCOUNTS]!;
    tried[which].push(await signIn(email, `guess ${count}`, '203.0.113.7'));
  }
  const target = known[0]!;
  const aimed: Tried[] = [];
  for (let count = 0; count < AIMED; count += 1) aimed.push(await signIn(target, `another guess ${count}`, '203.0.113.8'));

  const spread = [...tried.known, ...tried.unknown];
  for (const { status, retryAfter } of [...spread, ...aimed]) {
    assert.ok(status === 401 || status === 429);
    assert.equal(status === 429, Number(retryAfter) >= 1, 'how long to wait');
  }
  assert.equal(spread.filter(({ status }) => status === 429).length, SPREAD - 100, 'an address has a hundred');
  assert.equal(aimed.filter(({ status }) => status === 429).length, AIMED - 20, 'a client has twenty at an account');

  for (const status of [401, 429]) {
    const words = new Set(spread.filter((each) => each.status === status).map((each) => each.words));
    assert.equal(words.size, 1, [...words].join('\n'));
  }
  const [knownMs, unknownMs] = [medianMs(tried.known), medianMs(tried.unknown)];
  context.diagnostic(`medians: ${knownMs.toFixed(1)} ms with an account, ${unknownMs.toFixed(1)} ms without`);
  assert.ok(Math.max(knownMs, unknownMs) / Math.min(knownMs, unknownMs) < RATIO_MAX);

  for (const email of known) assert.equal((await signIn(email, PASSWORD, '198.51.100.20')).status, 201, 'the owner, from another network');
  assert.equal((await signIn(target, PASSWORD, '203.0.113.8')).status, 429, 'who has guessed so much is not told which was right');
});

function medianMs(all: readonly Tried[]): number {
  const sorted = all
    .filter(({ status }) => status === 401)
    .map(({ ms }) => ms)
    .sort((one, other) => one - other);
  return sorted[sorted.length >> 1]!;
}
