import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openKeys, openKeysBy, ticketIdOf, verifyCode, type PublicKey } from '@tessera/ticket-code';
import { nodeEd25519 } from '@tessera/ticket-code/node';
import { readPdf } from '../../documents/test/read-pdf.ts';
import { openShop, type Shop } from './support.ts';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

type Keys = { data: { key_no: number; public_key: string; state: string }[] };

/** All that a door without a network has: what everybody may read, once. */
async function publicKeys(eventId: string): Promise<PublicKey[]> {
  const answer = await fetch(`${shop.url}/api/v1/events/${eventId}/ticket-keys`);
  const { data } = (await answer.json()) as Keys;
  return data.map(({ key_no: keyNo, public_key: text, state }) => ({
    keyNo,
    publicKey: new Uint8Array(Buffer.from(text, 'base64url')),
    isRevoked: state === 'revoked',
  }));
}

for (const format of ['a4', 'phone'] as const) {
  test(`a ticket is bought, printed, scanned, and verified by the public keys alone: ${format}`, async (context) => {
    const show = await shop.newShow();
    const buyer = await shop.newBuyer();
    const bookingId = await shop.buy(buyer, show, [2]);
    const answer = await shop.fetch(`/bookings/${bookingId}/tickets.pdf?format=${format}`, buyer);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    const pages = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    assert.equal(pages.length, 2);
    assert.ok(pages.every(({ text }) => text.includes('no money moved')));

    const keys = await openKeys(show.eventId, await publicKeys(show.eventId));
    for (const [index, { code }] of pages.entries()) {
      assert.ok(code !== null, 'the code scans');
      const verdict = await verifyCode(keys, code);
      assert.equal(verdict.kind, 'genuine');
      assert.equal('ticket' in verdict && ticketIdOf(verdict.ticket), `${bookingId.replace('bkg', 'tkt')}00${index + 1}`);
    }
    const [first] = pages;
    const code = first?.code ?? '';
    const altered = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`;
    assert.notEqual((await verifyCode(keys, altered)).kind, 'genuine');
    const other = await shop.newShow();
    const elsewhere = await openKeys(other.eventId, await publicKeys(other.eventId));
    assert.equal((await verifyCode(elsewhere, code)).kind, 'other_event');

    const byNode = await openKeysBy(nodeEd25519, show.eventId, await publicKeys(show.eventId));
    const times = { WebCrypto: await timeOf(() => verifyCode(keys, code)), 'node:crypto': await timeOf(() => verifyCode(byNode, code)) };
    for (const [name, ms] of Object.entries(times)) context.diagnostic(`one offline verification by ${name}: ${ms.toFixed(3)} ms`);
  });
}

const ROUNDS = 500;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < ROUNDS; round += 1) await work();
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) await work();
  return (performance.now() - began) / ROUNDS;
}
