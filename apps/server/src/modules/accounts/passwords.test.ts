import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { InvariantError } from '../../platform/invariant.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import {
  type Argon2id,
  argon2id,
  buildPasswords,
  formatPhc,
  parsePhc,
  PASSWORD_PARAMETERS,
  PasswordsBusy,
  problemOfPassword,
} from './passwords.ts';

const PASSWORD = 'correct horse battery';

/** From the test suite of the reference implementation (P-H-C/phc-winner-argon2, src/test.c): "password" with "somesalt". */
const OF_REFERENCE = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';

/** An argon2id whose computations end when told to. */
function buildHeld() {
  const started: { memory: number; tagLength: number; end: () => void; fail: (cause: Error) => void }[] = [];
  const derive: Argon2id = ({ memory, tagLength }) =>
    new Promise((resolve, reject) => started.push({ memory, tagLength, end: () => resolve(Buffer.alloc(tagLength)), fail: reject }));
  return { started, derive };
}

test('argon2id is that of RFC 9106, section 5.3', async () => {
  const tag = await argon2id({
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    memory: 32,
    passes: 3,
    parallelism: 4,
    tagLength: 32,
  });
  assert.equal(tag.toString('hex'), '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
});

test('a password is right, another is not, and two hashes of one differ', async () => {
  const passwords = buildPasswords();
  const stored = await passwords.hash(PASSWORD);
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.deepEqual(await passwords.verify(PASSWORD, stored), { isRight: true, needsRehash: false });
  for (const other of [`${PASSWORD} `, PASSWORD.toUpperCase(), '', 'another one']) {
    assert.deepEqual(await passwords.verify(other, stored), { isRight: false, needsRehash: false }, other);
  }
  assert.notEqual(await passwords.hash(PASSWORD), stored);
});

test('one password typed on two systems is one, and compatible characters are not made equal', async () => {
  const passwords = buildPasswords();
  const stored = await passwords.hash('Zoë\u{a0}and the file');
  assert.equal((await passwords.verify('Zoe\u{308} and the file', stored)).isRight, true);
  assert.equal((await passwords.verify('Zoe and the file', stored)).isRight, false);
  assert.equal((await passwords.verify('Zoë and the \u{fb01}le', stored)).isRight, false);
});

test('what the reference implementation stored is known, and is to be stored anew once the password was right', async () => {
  const passwords = buildPasswords();
  assert.deepEqual(await passwords.verify('password', OF_REFERENCE), { isRight: true, needsRehash: true });
  assert.deepEqual(await passwords.verify('Password', OF_REFERENCE), { isRight: false, needsRehash: false });
});

test('a hash with any one parameter unlike ours is to be stored anew', async () => {
  const zeros: Argon2id = ({ tagLength }) => Promise.resolve(Buffer.alloc(tagLength));
  const passwords = buildPasswords({ derive: zeros });
  const ours = { ...PASSWORD_PARAMETERS, nonce: Buffer.alloc(16), tag: Buffer.alloc(32) };
  assert.deepEqual(await passwords.verify(PASSWORD, formatPhc(ours)), { isRight: true, needsRehash: false });
  const others = [{ memory: 19_457 }, { passes: 3 }, { parallelism: 2 }, { nonce: Buffer.alloc(17) }, { tag: Buffer.alloc(31) }];
  for (const other of others) {
    const check = await passwords.verify(PASSWORD, formatPhc({ ...ours, ...other }));
    assert.deepEqual(check, { isRight: true, needsRehash: true }, JSON.stringify(other));
  }
});

test('a PHC string is read back as it was written', () => {
  const bytes = (minLength: number) => fc.uint8Array({ minLength, maxLength: 64 }).map((array) => Buffer.from(array));
  const phcs = fc.record(
    {
      memory: fc.integer({ min: 128, max: 262_144 }),
      passes: fc.integer({ min: 1, max: 16 }),
      parallelism: fc.integer({ min: 1, max: 16 }),
      nonce: bytes(8),
      tag: bytes(16),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(phcs, (phc) => assert.deepEqual(parsePhc(formatPhc(phc)), phc)));
});

test('any other text is no PHC string of ours', async () => {
  const [salt, tag] = ['c29tZXNhbHQ', 'nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'];
  const others = [
    ...['', ' ', '$', PASSWORD, ` ${OF_REFERENCE}`, `${OF_REFERENCE}\n`, `${OF_REFERENCE}=`, `${OF_REFERENCE}$`],
    ...[OF_REFERENCE.replace('2id', '2i'), OF_REFERENCE.replace('v=19', 'v=16'), OF_REFERENCE.replace('$v=19', '')],
    ...['m=0256', 'm=7', 'm=0', 'm=-1', 'm=1e3', 'm=262145', 'm=9999999', 'm='].map((part) => OF_REFERENCE.replace('m=256', part)),
    ...['t=0', 't=17', 't=02', 't=2,t=2', 't=2,k=1'].map((part) => OF_REFERENCE.replace('t=2', part)),
    ...['p=0', 'p=17', 'p=33'].map((part) => OF_REFERENCE.replace('p=1', part)),
    ...['c29tZXNhbHR', 'c29tZXNhbA', 'c29tZXNhbH-', 'A'.repeat(87)].map((part) => OF_REFERENCE.replace(salt!, part)),
    ...[tag!.slice(0, -1) + '5', tag!.slice(0, 20), ''].map((part) => OF_REFERENCE.replace(tag!, part)),
    OF_REFERENCE.replace('m=256,t=2,p=1', 't=2,m=256,p=1'),
  ];
  for (const text of others) assert.equal(parsePhc(text), null, text);
  fc.assert(fc.property(fc.string(), (text) => parsePhc(text) === null));
  await assert.rejects(buildPasswords().verify(PASSWORD, 'plain text'), InvariantError);
});

test('an unknown account costs the same work as a known one, and is never right', async () => {
  const { started, derive } = buildHeld();
  const passwords = buildPasswords({ derive });
  const hashed = passwords.hash(PASSWORD);
  started[0]!.end();
  const stored = await hashed;
  for (const account of [stored, null, null]) {
    const before = started.length;
    const check = passwords.verify(PASSWORD, account);
    started.at(-1)!.end();
    assert.equal((await check).isRight, account === stored);
    assert.equal(started.length, before + 1, 'one computation');
    assert.equal(started.at(-1)!.memory, PASSWORD_PARAMETERS.memory);
    assert.equal(started.at(-1)!.tagLength, 32);
  }
  assert.deepEqual(await buildPasswords().verify(PASSWORD, null), { isRight: false, needsRehash: false });
});

test('so many are computed at once, so many wait in their order, and the next is refused', async () => {
  const { started, derive } = buildHeld();
  const passwords = buildPasswords({ derive, concurrency: 2, queueMax: 3 });
  const ended: number[] = [];
  const hashes = [0, 1, 2, 3, 4].map((n) => passwords.hash(PASSWORD).then(() => ended.push(n)));
  await nextTurn();
  assert.equal(started.length, 2);
  await assert.rejects(passwords.hash(PASSWORD), (error: unknown) => error instanceof PasswordsBusy && error.retryAfterSeconds === 1);
  await assert.rejects(passwords.verify(PASSWORD, null), PasswordsBusy);
  for (let ends = 1; ends <= 5; ends += 1) {
    started[ends - 1]!.end();
    await nextTurn();
    assert.equal(started.length, Math.min(5, ends + 2));
    assert.equal(ended.length, ends);
  }
  await Promise.all(hashes);
  assert.deepEqual(ended, [0, 1, 2, 3, 4]);
  // The bounds are as they were: no turn was lost or made by handing it on.
  const later = [5, 6, 7, 8, 9].map(() => passwords.hash(PASSWORD));
  await nextTurn();
  assert.equal(started.length, 7);
  await assert.rejects(passwords.hash(PASSWORD), PasswordsBusy);
  for (let ends = 6; ends <= 10; ends += 1) {
    started[ends - 1]!.end();
    await nextTurn();
  }
  await Promise.all(later);
});

test('a computation that fails gives its turn to the next', async () => {
  const { started, derive } = buildHeld();
  const passwords = buildPasswords({ derive, queueMax: 1 });
  const [failing, following] = [passwords.hash(PASSWORD), passwords.hash(PASSWORD)];
  started[0]!.fail(new Error('no memory'));
  await assert.rejects(failing, /no memory/);
  await nextTurn();
  started[1]!.end();
  assert.ok(await following);
  const last = passwords.hash(PASSWORD);
  started[2]!.end();
  assert.ok(await last);
});

test('the event loop turns while a password is computed', async () => {
  let fired = false;
  const timer = setTimeout(() => {
    fired = true;
  }, 0);
  await buildPasswords().hash(PASSWORD);
  clearTimeout(timer);
  assert.ok(fired);
});

test('a password has a length', () => {
  for (const text of ['', 'ninechars', '\u{1f3ab}'.repeat(9), 'e\u{308}'.repeat(9)])
    assert.equal(problemOfPassword(text, []), 'too_short', text);
  for (const text of ['ten chars!', `${'\u{1f3ab}'.repeat(197)}abc`, `${'x'.repeat(197)}abc`])
    assert.equal(problemOfPassword(text, []), null, text);
  for (const text of [`${'x'.repeat(198)}abc`, `${'\u{1f3ab}'.repeat(198)}abc`])
    assert.equal(problemOfPassword(text, []), 'too_long', text);
});

test('a common password is refused in any case', () => {
  assert.ok(COMMON_PASSWORDS.size >= 60);
  for (const text of COMMON_PASSWORDS) {
    assert.ok([...text].length >= 10 && text === text.toLowerCase(), text);
    assert.equal(problemOfPassword(text, []), 'too_common', text);
    assert.equal(problemOfPassword(text.toUpperCase(), ['anna']), 'too_common', text);
  }
});

test('few different characters are no password, however many', () => {
  for (const text of ['2222222222', 'abababababab', 'abcabcabcabc', ' '.repeat(12)])
    assert.equal(problemOfPassword(text, []), 'too_common', text);
  assert.equal(problemOfPassword('abcdabcdabcd', []), null);
});

test('a password made of what others know of the person is refused', () => {
  const about = ['anna.smith', 'Anna Zoë Smith', ''];
  for (const text of ['anna.smith', 'ANNA SMITH', 'smithannasmith', 'AnnaZoëAnna', 'Zoe\u{308}-Zoë_Smith', 'anna.smith@anna']) {
    assert.equal(problemOfPassword(text, about), 'about_you', text);
  }
  for (const text of ['annasmith1', 'anna.smithy', 'my anna smith', 'annasmit.h!']) {
    assert.equal(problemOfPassword(text, about), null, text);
  }
  assert.equal(problemOfPassword('anna.smith', []), null);
  assert.equal(problemOfPassword('anna.smith', ['', ' ', '.']), null);
  assert.equal(problemOfPassword('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabcd', ['a', 'aa', 'aaa']), null);
});
