import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBase41, encodeBase41 } from '../src/base41.ts';
import { CODE_CHARS, composeCode, eventIdOf, openKeys, parseCode, verifyCode, type TicketCode } from '../src/index.ts';
import { privateKeyOf, publicBytesOf, signed } from './signing.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-.:';
const uint16s = fc.integer({ min: 1, max: 0xffff });
const uuids = fc.uuid();
const tickets: fc.Arbitrary<TicketCode> = fc
  .record({ keyNo: uint16s, eventId: uuids, bookingId: uuids, number: fc.integer({ min: 1, max: 0x7fff }), issue: uint16s, secret: uuids })
  .map((ticket) => ({ ...ticket }));
const signatures = fc.uint8Array({ minLength: 64, maxLength: 64 });
const codes = fc.tuple(tickets, signatures).map(([ticket, signature]) => composeCode(ticket, signature));

const key = privateKeyOf(new Uint8Array(32).fill(1));
const otherKey = privateKeyOf(new Uint8Array(32).fill(2));
const keysOf = (ticket: TicketCode, isRevoked = false) =>
  openKeys(eventIdOf(ticket), [{ keyNo: ticket.keyNo, publicKey: publicBytesOf(key), isRevoked }]);

test('base 41 reads what it wrote, and each text in one way only', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (array) => {
      const bytes = array.subarray(0, array.length & ~1);
      assert.deepEqual(decodeBase41(encodeBase41(bytes)), new Uint8Array(bytes));
    }),
  );
  const texts = fc.string({ unit: fc.constantFrom(...ALPHABET, 'a', ' ', '%', '+', '/', 'é'), maxLength: 12 });
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = decodeBase41(text);
      if (bytes !== null) assert.equal(encodeBase41(bytes), text);
    }),
  );
  assert.equal(decodeBase41(':::'), null, 'three characters hold more than two bytes');
  assert.throws(() => encodeBase41(new Uint8Array(3)), RangeError);
});

test('what is composed is parsed, in 178 characters of the alphanumeric mode that URLs leave alone', () => {
  fc.assert(
    fc.property(tickets, signatures, (ticket, signature) => {
      const code = composeCode(ticket, signature);
      assert.equal(code.length, CODE_CHARS);
      assert.match(code, /^T[0-9A-Z$*.:-]{177}$/);
      assert.equal(new URL(`https://tessera.example/c/${code}?c=${code}`).searchParams.get('c'), code);
      assert.deepEqual(parseCode(code), { ticket, signature: new Uint8Array(signature) });
    }),
  );
  assert.equal(CODE_CHARS, 178);
});

test('a text is a code in one way only: what is parsed is composed to the letter', () => {
  const replaced = fc.tuple(codes, fc.nat(CODE_CHARS - 1), fc.constantFrom(...ALPHABET, 'a', 'Ａ', ' ', '\0'));
  fc.assert(
    fc.property(replaced, ([code, at, char]) => {
      const text = code.slice(0, at) + char + code.slice(at + 1);
      const parsed = parseCode(text);
      if (parsed !== null) assert.equal(composeCode(parsed.ticket, parsed.signature), text);
    }),
  );
});

test('no other text is a code: shorter, longer, in lower case, of another format, with a zero where things are counted', () => {
  fc.assert(
    fc.property(codes, (code) => {
      for (const text of [code.slice(1), code.slice(0, -1), `${code}0`, ` ${code}`, `${code}\n`, code.toLowerCase(), `U${code.slice(1)}`])
        assert.equal(parseCode(text), null);
    }),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => assert.equal(parseCode(text), null)));
  assert.equal(parseCode(`T${'0'.repeat(177)}`), null);
});

test('what fits in no code is not composed', () => {
  const ticket = fc.sample(tickets, 1)[0]!;
  const signature = new Uint8Array(64);
  for (const wrong of [
    { keyNo: 0 },
    { keyNo: 0x10000 },
    { number: 0 },
    { number: 0x8000 },
    { issue: 1.5 },
    { issue: Number.NaN },
    { eventId: ticket.eventId.toUpperCase().replace(/^./, 'A') },
    { secret: '' },
  ])
    assert.throws(() => composeCode({ ...ticket, ...wrong }, signature), RangeError, JSON.stringify(wrong));
  assert.throws(() => composeCode(ticket, new Uint8Array(63)), RangeError);
});

test('a signed code is genuine', async () => {
  await fc.assert(
    fc.asyncProperty(tickets, async (ticket) => {
      assert.deepEqual(await verifyCode(await keysOf(ticket), signed(key, ticket)), { kind: 'genuine', ticket });
    }),
    { numRuns: 30 },
  );
});

test('any flipped bit is refused', async () => {
  const ticket = fc.sample(tickets, 1)[0]!;
  const keys = await keysOf(ticket);
  const code = signed(key, ticket);
  const bytes = decodeBase41(code.slice(1))!;
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = bytes.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const { kind } = await verifyCode(keys, `T${encodeBase41(flipped)}`);
    assert.notEqual(kind, 'genuine', `bit ${bit}`);
  }
});

test('any other character is refused', async () => {
  const ticket = fc.sample(tickets, 1)[0]!;
  const [keys, code] = [await keysOf(ticket), signed(key, ticket)];
  await fc.assert(
    fc.asyncProperty(fc.nat(CODE_CHARS - 1), fc.constantFrom(...ALPHABET), async (at, char) => {
      fc.pre(code.charAt(at) !== char);
      const { kind } = await verifyCode(keys, code.slice(0, at) + char + code.slice(at + 1));
      assert.notEqual(kind, 'genuine');
    }),
    { numRuns: 300 },
  );
});

test('codes of another event, of other keys and of revoked ones are told apart', async () => {
  const [ticket, other] = fc.sample(tickets, 2) as [TicketCode, TicketCode];
  const keys = await keysOf(ticket);
  const kindOf = async (code: string, by = keys) => (await verifyCode(by, code)).kind;
  assert.equal(await kindOf(signed(key, { ...other, keyNo: ticket.keyNo })), 'other_event');
  assert.equal(await kindOf(signed(key, { ...ticket, keyNo: (ticket.keyNo % 0xffff) + 1 })), 'unknown_key');
  assert.equal(await kindOf(signed(otherKey, ticket)), 'altered');
  assert.equal(await kindOf(signed(key, ticket), await keysOf(ticket, true)), 'revoked_key');
  assert.equal(await kindOf('https://example.org'), 'malformed');
  await assert.rejects(openKeys('evt_x', [{ keyNo: 1, publicKey: new Uint8Array(31), isRevoked: false }]));
});
