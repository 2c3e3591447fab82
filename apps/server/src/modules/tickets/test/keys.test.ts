import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openKeysBy, parseCode, verifyCode } from '@tessera/ticket-code';
import { nodeEd25519 } from '@tessera/ticket-code/node';
import { openDb, type Db } from '../../../platform/db/index.ts';
import { buildCodeBook } from '../codes/code-book.ts';
import { buildEventKeys, KEYS_MAX, type EventKeys } from '../keys/event-keys.ts';
import { buildKeyVault } from '../keys/key-vault.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import { anId } from '../lane/test/batches.ts';
import { openHouse, type House } from './support.ts';

let house: House;
let db: Db;
before(async () => {
  house = await openHouse();
  db = openDb({ url: house.url, poolMax: 10, onError: () => {} });
});
after(async () => {
  await db.close();
  await house.close();
});

/** A server's keys, whose clock stands still but for what is added. */
function serverKeys({ serverKey = Buffer.alloc(32, 4) } = {}): { keys: EventKeys; pass(ms: number): void } {
  let nowMs = 1_800_000_000_000;
  const keys = buildEventKeys({ db, clock: { nowMs: () => nowMs }, vault: buildKeyVault(serverKey) });
  return {
    keys,
    pass: (ms) => {
      nowMs += ms;
    },
  };
}

async function newEvent(): Promise<string> {
  return parseId('evt', (await house.newShow()).eventId)!;
}

const ROTATE = { revoke: false, commandId: null };

const aTicket = (eventId: string) => ({ eventId, bookingId: anId(), number: 1, issue: 1, secret: anId() });

test('the first key is made when it is asked for, once, whoever asks', async () => {
  const eventId = await newEvent();
  const servers = Array.from({ length: 4 }, () => serverKeys().keys);
  const found = await Promise.all(servers.flatMap((keys) => [keys.signingKey(eventId), keys.signingKey(eventId)]));
  const privates = found.map((key) => [key?.keyNo, key?.privateKey.export({ format: 'jwk' }).d]);
  assert.equal(new Set(privates.map(String)).size, 1);
  assert.equal((await db.query('select 1 from tickets.event_keys where event_id = $1', [eventId])).length, 1);
  assert.equal(privates[0]?.[0], 1);
});

test('no event, no key', async () => {
  const { keys } = serverKeys();
  const eventId = anId();
  assert.equal(await keys.signingKey(eventId), null);
  assert.deepEqual(await keys.list(eventId), []);
  assert.deepEqual(await keys.rotate(eventId, ROTATE), { kind: 'unknown_event' });
  assert.equal(await buildCodeBook(keys).codesOf(eventId, [aTicket(eventId)]), null);
  assert.deepEqual(await db.query('select 1 from tickets.event_keys where event_id = $1', [eventId]), []);
});

test('private keys lie sealed, each for its own event and number, and open with the server’s key alone', async () => {
  const [one, other] = [await newEvent(), await newEvent()];
  const { keys } = serverKeys();
  const { d } = (await keys.signingKey(one))!.privateKey.export({ format: 'jwk' });
  await keys.signingKey(other);
  const [row] = await db.query<{ sealed: Buffer }>('select private_sealed as sealed from tickets.event_keys where event_id = $1', [one]);
  assert.ok(!row!.sealed.includes(Buffer.from(d!, 'base64url')));
  await assert.rejects(serverKeys({ serverKey: Buffer.alloc(32, 5) }).keys.signingKey(one), /sealed under the key of this server/);
  await db.query('update tickets.event_keys set private_sealed = $2 where event_id = $1', [other, row!.sealed]);
  await assert.rejects(serverKeys().keys.signingKey(other), /sealed under the key of this server/);
});

test('a rotated key signs no more; what it has signed is genuine until it is revoked', async () => {
  const eventId = await newEvent();
  const { keys } = serverKeys();
  const book = buildCodeBook(keys);
  const ticket = aTicket(eventId);
  const codeNow = async (): Promise<string> => (await book.codesOf(eventId, [ticket]))![0]!;
  const verdictOn = async (code: string): Promise<string> => {
    const known = (await keys.list(eventId)).map(({ keyNo, publicKey, state }) => ({
      keyNo,
      publicKey: new Uint8Array(publicKey),
      isRevoked: state === 'revoked',
    }));
    return (await verifyCode(await openKeysBy(nodeEd25519, formatId('evt', eventId), known), code)).kind;
  };
  const first = await codeNow();
  assert.equal(await codeNow(), first);
  assert.equal((await keys.rotate(eventId, ROTATE)).kind, 'rotated');
  const second = await codeNow();
  assert.deepEqual([parseCode(first)!.ticket.keyNo, parseCode(second)!.ticket.keyNo], [1, 2]);
  assert.deepEqual([await verdictOn(first), await verdictOn(second)], ['genuine', 'genuine']);
  await keys.rotate(eventId, { revoke: true, commandId: null });
  assert.deepEqual(
    [await verdictOn(first), await verdictOn(second), await verdictOn(await codeNow())],
    ['revoked_key', 'revoked_key', 'genuine'],
  );
  assert.deepEqual(
    (await keys.list(eventId)).map(({ state }) => state),
    ['revoked', 'revoked', 'active'],
  );
});

test('another server knows of a rotation a few seconds later', async () => {
  const eventId = await newEvent();
  const [one, other] = [serverKeys(), serverKeys()];
  assert.equal((await other.keys.signingKey(eventId))?.keyNo, 1);
  await one.keys.rotate(eventId, ROTATE);
  assert.equal((await one.keys.signingKey(eventId))?.keyNo, 2);
  assert.equal((await other.keys.signingKey(eventId))?.keyNo, 1);
  other.pass(5_000);
  assert.equal((await other.keys.signingKey(eventId))?.keyNo, 2);
});

test('rotations at once on several servers each make a key, and the newest signs', async () => {
  const eventId = await newEvent();
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => serverKeys().keys.rotate(eventId, ROTATE)));
  assert.ok(outcomes.every(({ kind }) => kind === 'rotated'));
  const { keys } = serverKeys();
  assert.deepEqual(
    (await keys.list(eventId)).map(({ keyNo, state }) => [keyNo, state]),
    [1, 2, 3, 4, 5, 6].map((keyNo) => [keyNo, keyNo === 6 ? 'active' : 'retired']),
  );
  assert.equal((await keys.signingKey(eventId))?.keyNo, 6);
});

test('a rotation that is named is done once, on whichever server it is asked for again', async () => {
  const eventId = await newEvent();
  const commandId = anId();
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => serverKeys().keys.rotate(eventId, { revoke: false, commandId })));
  assert.deepEqual(outcomes.map((outcome) => outcome.kind === 'rotated' && outcome.isRepeat).sort(), [false, true, true, true]);
  assert.equal((await serverKeys().keys.list(eventId)).length, 1);
});

test('an event has so many keys and no more', async () => {
  const eventId = await newEvent();
  const { keys } = serverKeys();
  for (let count = 0; count < KEYS_MAX; count += 1) assert.equal((await keys.rotate(eventId, ROTATE)).kind, 'rotated');
  assert.deepEqual(await keys.rotate(eventId, ROTATE), { kind: 'too_many_keys' });
});

test('the book of codes forgets the oldest, and a new issue has a page of its own', async () => {
  const eventId = await newEvent();
  const { keys } = serverKeys();
  const book = buildCodeBook(keys, 2);
  const tickets = Array.from({ length: 5 }, () => aTicket(eventId));
  const codes = await book.codesOf(eventId, tickets);
  assert.deepEqual(await book.codesOf(eventId, tickets), codes);
  assert.deepEqual(
    codes!.map((code) => parseCode(code)!.ticket),
    tickets.map((ticket) => ({ keyNo: 1, ...ticket })),
  );
  const [reissued] = (await book.codesOf(eventId, [{ ...tickets[0]!, issue: 2, secret: anId() }]))!;
  assert.notEqual(reissued, codes![0]);
});

test('a failed reading of keys is tried anew', async () => {
  const eventId = await newEvent();
  let fails = true;
  const failing: Db = { ...db, query: (text, values) => (fails ? Promise.reject(new Error('away')) : db.query(text, values)) };
  const keys = buildEventKeys({ db: failing, clock: { nowMs: () => 0 }, vault: buildKeyVault(Buffer.alloc(32, 4)) });
  await assert.rejects(keys.signingKey(eventId), /away/);
  fails = false;
  assert.equal((await keys.signingKey(eventId))?.keyNo, 1);
});
