import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openKeys, openKeysBy, ticketIdOf, verifyCode, type PublicKey, type TicketCode } from '../src/index.ts';
import { nodeEd25519 } from '../src/node.ts';
import { privateKeyOf, publicBytesOf, signed } from './signing.ts';

/** Codes for every implementation to be held against. The private keys are known to everybody: they sign nothing but this. */
type Vectors = {
  event_id: string;
  keys: { key_no: number; private_key: string; public_key: string; is_revoked: boolean }[];
  codes: { verdict: string; code: string; ticket?: TicketCode; ticket_id?: string }[];
};

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as Vectors;
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64url'));

const publicKeys: PublicKey[] = vectors.keys.map((key) => ({
  keyNo: key.key_no,
  publicKey: bytesOf(key.public_key),
  isRevoked: key.is_revoked,
}));

const openings = {
  WebCrypto: () => openKeys(vectors.event_id, publicKeys),
  'node:crypto': () => openKeysBy(nodeEd25519, vectors.event_id, publicKeys),
};

for (const [name, open] of Object.entries(openings)) {
  test(`every code of the vectors is judged as they say, by ${name}`, () => judgeAll(open));
}

async function judgeAll(open: () => ReturnType<typeof openKeys>): Promise<void> {
  const keys = await open();
  for (const { verdict, code, ticket, ticket_id } of vectors.codes) {
    const found = await verifyCode(keys, code);
    assert.equal(found.kind, verdict, code);
    if (found.kind === 'malformed') continue;
    assert.deepEqual(found.ticket, ticket);
    assert.equal(ticketIdOf(found.ticket), ticket_id);
  }
}

test('the genuine codes of the vectors are signed again to the letter', () => {
  for (const { key_no: keyNo, private_key: seed, public_key: publicKey } of vectors.keys) {
    const key = privateKeyOf(bytesOf(seed));
    assert.deepEqual(publicBytesOf(key), bytesOf(publicKey));
    for (const { verdict, code, ticket } of vectors.codes) {
      if (ticket?.keyNo === keyNo && verdict !== 'altered') assert.equal(signed(key, ticket), code);
    }
  }
});
