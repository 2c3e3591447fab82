import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDatabaseProxy, type CommitFate } from '../../../../../../../test/faults/support/database-proxy.ts';
import { anId, bookingIn, hold } from '../../test/buyers.ts';
import { deskCommand, giveBack, goToPay, pay, quarrel } from '../../test/money.ts';
import { assertSound, countStates } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';

const FATES: readonly CommitFate[] = ['before', 'during', 'after'];

const sales = await openSales();
const proxy = await openDatabaseProxy(sales.url);
const lane = await openSales({ url: sales.url, laneUrl: proxy.url });
after(async () => {
  await lane.closeAll();
  await proxy.close();
  await sales.closeAll();
});

for (const fate of FATES) {
  test(`money of every kind in one batch, cut ${fate} the commit, moves once`, async () => {
    const event = await openEvent(sales, [{ capacity: 100, terms: { priceMinor: 1_000 } }]);
    const made = await Promise.all(Array.from({ length: 5 }, () => hold(sales, event, { quantity: 2 })));
    const [toAwait, toPay, toRefund, toSplit, toLose] = made.map(bookingIn);
    assert.ok(toAwait && toPay && toRefund && toSplit && toLose);
    for (const booking of [toRefund, toSplit, toLose]) await pay(sales, event, booking);
    const key = anId();
    proxy.arm({ fate });
    const asked = () => [
      goToPay(lane, event, toAwait),
      pay(lane, event, toPay),
      giveBack(lane, event, toRefund, { key: `${key} all` }),
      giveBack(lane, event, toSplit, { key: `${key} one`, tickets: [2] }),
      quarrel(lane, event, toLose, 'lost'),
    ];
    const desk = deskCommand(event);
    const [sold, ...outcomes] = await Promise.all([lane.lanes.submit(event.eventId, desk), ...asked()]);
    assert.ok([sold, ...outcomes].every((outcome) => outcome?.kind === 'booking'));
    const expected = { awaiting_payment: 1, confirmed: 2, refunded: 1, partially_refunded: 1, cancelled: 1 };
    assert.deepEqual(await countStates(sales.db, event.eventId), expected);
    await assertTransfers(event.eventId);
    // Whoever asks again is told the same, and nothing moves.
    for (const outcome of await Promise.all(asked())) assert.ok(outcome.kind === 'booking' && outcome.replayed);
    await assertTransfers(event.eventId);
    await assertSound(sales.db, event.eventId);
  });
}

/** Five payments (one at the desk), two refunds, and a dispute that takes the money from the provider and then from the sale. */
async function assertTransfers(eventId: string): Promise<void> {
  const [row = []] = await sales.db.queryRows('select transfer_seq::int from sales.heads where event_id = $1', [eventId]);
  assert.equal(row[0], 9);
}
