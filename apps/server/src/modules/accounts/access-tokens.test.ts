import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvariantError } from '../../platform/invariant.ts';
import { ACCESS_CACHE_MAX, type AccessClaims, buildAccessTokens } from './access-tokens.ts';
import { buildBuyerTokens } from './buyer-tokens.ts';
import { buildHmac } from './one-shot-hmac.ts';

const key = Buffer.alloc(32, 7);
const nowMs = Date.UTC(2026, 0, 1);
const inAnHour = nowMs / 1000 + 3600;
const INVALID = { kind: 'invalid' };

const claims: AccessClaims = {
  personId: '01890a5d-ac96-774b-bcce-b302099a8057',
  sessionId: '01a1fd37-0000-7000-8000-0123456789ab',
  hasSecondFactor: true,
  expiresAtSeconds: inAnHour,
};

/** The claims of the n-th person of a test. */
function claimsOf(n: number): AccessClaims {
  return { ...claims, personId: `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` };
}

/** The token with its bytes changed and signed anew, as only who has the key can. */
function resigned(token: string, change: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(token.slice(4), 'base64url');
  change(bytes);
  buildHmac(key, 39)(bytes).copy(bytes, 39, 0, 18);
  return `act_${bytes.toString('base64url')}`;
}

test('an issued token is valid and gives back its claims until it expires', () => {
  const uuids = fc.uuid();
  fc.assert(
    fc.property(uuids, uuids, fc.boolean(), fc.integer({ min: 1, max: 0xffff_ffff }), (personId, sessionId, hasSecondFactor, expiry) => {
      const tokens = buildAccessTokens(key);
      const issued = { personId, sessionId, hasSecondFactor, expiresAtSeconds: expiry };
      const token = tokens.issue(issued);
      assert.match(token, /^act_[A-Za-z0-9_-]{76}$/);
      assert.deepEqual(tokens.check(token, expiry * 1000 - 1), { kind: 'valid', claims: issued });
      assert.deepEqual(tokens.check(token, expiry * 1000), { kind: 'expired' });
      assert.deepEqual(buildAccessTokens(key).check(token, expiry * 1000), { kind: 'expired' });
    }),
  );
});

test('a token with any one character changed is invalid, seen before or not', () => {
  const tokens = buildAccessTokens(key);
  const token = tokens.issue(claims);
  assert.equal(tokens.check(token, nowMs).kind, 'valid');
  for (let at = 0; at < token.length; at += 1) {
    for (const other of 'AB-_+/= \n.é\0') {
      if (token[at] === other) continue;
      const forged = token.slice(0, at) + other + token.slice(at + 1);
      assert.deepEqual(tokens.check(forged, nowMs), INVALID, JSON.stringify(forged));
    }
  }
});

test('a token has one spelling', () => {
  const tokens = buildAccessTokens(key);
  const issued = Array.from({ length: 200 }, (_, n) => tokens.issue(claimsOf(n)));
  const aliases = [(text: string) => text.replaceAll('-', '+'), (text: string) => text.replaceAll('_', '/').replace('act/', 'act_')];
  for (const alias of aliases) {
    const spelt = issued.map((token) => [token, alias(token)] as const).filter(([token, other]) => token !== other);
    assert.ok(spelt.length > 50, 'the alias changes tokens');
    for (const [token, other] of spelt) {
      assert.deepEqual(Buffer.from(other.slice(4), 'base64url'), Buffer.from(token.slice(4), 'base64url'), 'an alias has the same bytes');
      assert.deepEqual(tokens.check(other, nowMs), INVALID, other);
    }
  }
  const token = issued[0]!;
  const others = [
    ` ${token}`,
    `${token} `,
    `${token}=`,
    `${token}\n`,
    `${token}A`,
    token.slice(0, -1),
    token.toUpperCase(),
    token.slice(4),
    '',
  ];
  for (const text of others) assert.deepEqual(tokens.check(text, nowMs), INVALID, JSON.stringify(text));
});

test('a token of another key is invalid, and so is any other text', () => {
  const tokens = buildAccessTokens(key);
  assert.deepEqual(tokens.check(buildAccessTokens(Buffer.alloc(32, 8)).issue(claims), nowMs), INVALID);
  fc.assert(fc.property(fc.string({ maxLength: 100 }), (text) => tokens.check(`act_${text}`, nowMs).kind === 'invalid'));
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 76, maxLength: 76 }),
      (text) => tokens.check(`act_${text}`, nowMs).kind === 'invalid',
    ),
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 57, maxLength: 57 }),
      (bytes) => tokens.check(`act_${Buffer.from(bytes).toString('base64url')}`, nowMs).kind === 'invalid',
    ),
  );
});

test('a signed token of another version, with an unknown flag or a reserved byte is invalid', () => {
  const tokens = buildAccessTokens(key);
  const token = tokens.issue(claims);
  assert.equal(
    resigned(token, () => {}),
    token,
  );
  const without = tokens.check(
    resigned(token, (bytes) => bytes.writeUInt8(0, 37)),
    nowMs,
  );
  assert.deepEqual(without, { kind: 'valid', claims: { ...claims, hasSecondFactor: false } });
  for (const [at, value] of [...[2, 3, 4, 128, 255].map((flags) => [37, flags] as const), [38, 1], [38, 128], [0, 0], [0, 2]] as const) {
    const other = resigned(token, (bytes) => bytes.writeUInt8(value, at));
    assert.deepEqual(tokens.check(other, nowMs), INVALID, `byte ${at} is ${value}`);
  }
});

test('a buyer session is no access token, nor an access token a buyer session, even under one key', () => {
  const access = buildAccessTokens(key);
  const buyers = buildBuyerTokens(key);
  const session = buyers.issue(inAnHour);
  const token = access.issue(claims);
  for (const text of [session, session.replace('bys_', 'act_'), session.replace('bys_', 'act_').padEnd(80, 'A')]) {
    assert.deepEqual(access.check(text, nowMs), INVALID);
  }
  for (const text of [token, token.replace('act_', 'bys_'), token.replace('act_', 'bys_').slice(0, session.length)]) {
    assert.deepEqual(buyers.check(text, nowMs), INVALID);
  }
});

test('a token seen before is answered from memory, expires all the same, and its answer cannot be changed', () => {
  const tokens = buildAccessTokens(key);
  const token = tokens.issue(claims);
  const first = tokens.check(token, nowMs);
  assert.equal(tokens.check(token, nowMs), first);
  assert.ok(first.kind === 'valid');
  assert.throws(() => {
    first.claims.hasSecondFactor = false;
  }, TypeError);
  assert.deepEqual(tokens.check(token, inAnHour * 1000), { kind: 'expired' });
  assert.deepEqual(tokens.check(token, inAnHour * 1000 - 1), { kind: 'valid', claims });
});

test('a bounded number of tokens is remembered, those in use among them', () => {
  const tokens = buildAccessTokens(key);
  const inUse = tokens.issue(claims);
  const answerInUse = tokens.check(inUse, nowMs);
  const answers = Array.from({ length: 2 * ACCESS_CACHE_MAX }, (_, n) => {
    const token = tokens.issue(claimsOf(n));
    assert.equal(tokens.check(inUse, nowMs), answerInUse);
    return { token, answer: tokens.check(token, nowMs) };
  });
  const remembered = answers.reverse().filter(({ token, answer }) => tokens.check(token, nowMs) === answer).length;
  assert.ok(remembered >= ACCESS_CACHE_MAX / 2 - 1, `${remembered} remembered`);
  assert.ok(remembered <= ACCESS_CACHE_MAX, `${remembered} remembered`);
});

test('what is no UUID or no time is never signed', () => {
  const tokens = buildAccessTokens(key);
  const wrong: Partial<AccessClaims>[] = [
    { personId: '' },
    { sessionId: 'x'.repeat(32) },
    { personId: `${claims.personId}00` },
    { expiresAtSeconds: 1.5 },
    { expiresAtSeconds: -1 },
    { expiresAtSeconds: 2 ** 32 },
  ];
  for (const part of wrong) assert.throws(() => tokens.issue({ ...claims, ...part }), InvariantError);
});
