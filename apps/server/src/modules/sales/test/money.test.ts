import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { auditEvent, type Booking, type BookingOutcome, type Pricing, type Refusal } from '../index.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { readBooking } from '../read-booking.ts';
import { anId, bookingIn, countKinds, hold, type EventUnderTest } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { deskCommand, giveBack, goToPay, pay, quarrel, refOf, settle } from './money.ts';
import { assertSound, countStates, readCounters } from './recount.ts';
import { openEvent, openSales } from './support.ts';

/** Two servers on one database; nobody sweeps. */
const one = await openSales();
const other = await openSales({ url: one.url });
after(async () => {
  await other.closeAll();
  await one.closeAll();
});

const PRICING: Pricing = {
  rounding: { mode: 'half_up', per: 'booking' },
  fees: [{ name: 'fee', kind: 'per_booking', amountMinor: 70, ticketTypeIds: null, onFree: false }],
  taxes: [{ name: 'tax', ratePpm: 70_000, included: false, onFees: false, ticketTypeIds: null }],
};

/** Two types at 10.00 and 5.00 with a fee and a tax on top. */
function openPriced(capacity = 10): Promise<EventUnderTest> {
  return openEvent(
    one,
    [
      { capacity, terms: { priceMinor: 1_000 } },
      { capacity, terms: { priceMinor: 500 } },
    ],
    { pricing: PRICING },
  );
}

function linesOf({ ticketTypeIds: [first = '', second = ''] }: EventUnderTest) {
  return [
    { ticketTypeId: first, quantity: 2 },
    { ticketTypeId: second, quantity: 1 },
  ];
}

/** The outcome's booking, which is what is stored, to the last column; another server reads the same. */
async function stored(event: EventUnderTest, outcome: BookingOutcome | Refusal): Promise<Booking> {
  const told = bookingIn(outcome);
  assert.deepEqual((await readBooking(other, { eventId: event.eventId, bookingId: told.id }))?.booking, told);
  await assertSound(one.db, event.eventId);
  const report = await auditEvent({ db: one.db, clock: systemClock }, event.eventId, { full: true });
  assert.deepEqual(report?.problems, []);
  return told;
}

describe('a booking’s money is written and read back', () => {
  test('on its way through the provider, in parts, to a dispute that is won, and back', async () => {
    const event = await openPriced();
    const held = await stored(event, await hold(one, event, { lines: linesOf(event) }));
    assert.equal(held.totalMinor, 2_745);
    const awaiting = await stored(event, await goToPay(one, event, held));
    assert.deepEqual([awaiting.state, awaiting.paymentRef, awaiting.tender], ['awaiting_payment', refOf(held.id), 'card']);
    const paid = await stored(event, await pay(other, event, held));
    assert.deepEqual([paid.state, paid.paidMinor], ['confirmed', 2_745]);
    const part = await stored(event, await giveBack(one, event, paid, { tickets: [2], keepFees: true }));
    assert.deepEqual([part.state, part.refundedMinor, part.returned], ['partially_refunded', 1_000, [2]]);
    const more = await stored(event, await giveBack(one, event, paid, { tickets: [], amountMinor: 1_510 }));
    assert.deepEqual([more.refundedMinor, more.refundedExtraMinor], [2_510, 10]);
    const opened = await stored(event, await quarrel(other, event, paid, 'opened'));
    assert.deepEqual([opened.dispute, opened.disputedMinor], ['opened', 2_745]);
    assert.equal((await giveBack(one, event, paid)).kind, 'disputed');
    const won = await stored(event, await quarrel(one, event, paid, 'won'));
    assert.deepEqual([won.dispute, won.disputedMinor], ['won', 0]);
    assert.equal((await settle(other, event, paid, { amountMinor: 1_000 })).kind, 'booking');
    const gone = await stored(event, await giveBack(one, event, paid, { restock: false }));
    assert.deepEqual([gone.state, gone.returned], ['refunded', [1, 2, 3]]);
    assert.deepEqual(await readCounters(one.db, event.eventId), { capacity: 20, held: 0, sold: 0, setAside: 2 });
  });

  test('lost to a bank', async () => {
    const event = await openPriced();
    const held = bookingIn(await hold(one, event, { lines: linesOf(event) }));
    await pay(one, event, held);
    const lost = await stored(event, await quarrel(one, event, held, 'lost'));
    assert.deepEqual([lost.state, lost.dispute, lost.refundedMinor, lost.disputedMinor], ['cancelled', 'lost', 2_745, 2_745]);
    assert.deepEqual(await countStates(one.db, event.eventId), { cancelled: 1 });
  });

  test('disputed before anything was heard of it', async () => {
    const event = await openPriced();
    const held = bookingIn(await hold(one, event));
    const lost = await stored(event, await quarrel(one, event, held, 'lost'));
    assert.deepEqual([lost.state, lost.dispute, lost.disputedMinor], ['held', 'lost', held.totalMinor]);
    const late = await stored(event, await pay(other, event, held));
    assert.deepEqual([late.state, late.paidMinor, late.refundedMinor], ['refunded', held.totalMinor, held.totalMinor]);
  });

  test('sold at a desk, from the set-aside, and given away', async () => {
    const event = await openPriced();
    const [ticketTypeId = ''] = event.ticketTypeIds;
    const aside = { kind: 'set-aside', commandId: anId(), fingerprint: anId(), ticketTypeId, quantity: 2 } as const;
    await one.lanes.submit(event.eventId, aside);
    const desks = [
      [{ tender: 'cash', fromSetAside: true }, 1_140],
      [{ tender: 'card_at_door', fromSetAside: false }, 1_140],
      [{ tender: 'none', fromSetAside: true }, 0],
    ] as const;
    for (const [desk, paidMinor] of desks) {
      const outcome = await one.lanes.submit(event.eventId, deskCommand(event, { desk }));
      assert.ok(outcome.kind === 'booking');
      const sold = await stored(event, outcome);
      assert.deepEqual([sold.state, sold.tender, sold.paidMinor, sold.paymentRef], ['confirmed', desk.tender, paidMinor, null]);
    }
    assert.deepEqual(await readCounters(one.db, event.eventId), { capacity: 20, held: 0, sold: 3, setAside: 0 });
  });

  test('beside bookings that have none, in one batch', async () => {
    const event = await openEvent(one, [{ capacity: 100, terms: { priceMinor: 1_000 } }]);
    const held = await Promise.all(Array.from({ length: 30 }, async () => bookingIn(await hold(one, event))));
    const done = held.map((booking, index) =>
      index % 3 === 0 ? pay(one, event, booking) : index % 3 === 1 ? goToPay(one, event, booking) : pay(one, event, booking, 999),
    );
    for (const outcome of await Promise.all(done)) await stored(event, outcome);
    assert.deepEqual(await countStates(one.db, event.eventId), { confirmed: 10, awaiting_payment: 10, refunded: 10 });
  });
});

test('a payment that is told of five times on two servers is taken in once', async () => {
  const event = await openPriced();
  const held = bookingIn(await hold(one, event));
  const told = await Promise.all([one, other, one, other, one].map((server) => pay(server, event, held)));
  assert.equal(told.filter((outcome) => outcome.kind === 'booking' && !outcome.replayed).length, 1);
  const [row = []] = await one.db.queryRows('select transfer_seq::int from sales.heads where event_id = $1', [event.eventId]);
  assert.equal(row[0], 3, 'one payment into sales, fees and taxes');
});

test('twice as many late payments as tickets: half are confirmed, half have all their money back, none is both', async () => {
  const event = await openEvent(one, [{ capacity: 20, terms: { priceMinor: 1_000 } }]);
  const holds = await Promise.all(Array.from({ length: 20 }, () => hold(one, event)));
  const early = holds.map(bookingIn);
  for (const booking of early) await goToPay(one, event, booking);
  await makeDue(one.db, event.eventId);
  assert.deepEqual(countKinds(await Promise.all(Array.from({ length: 10 }, () => hold(other, event)))), { booking: 10 });
  const told = await Promise.all(early.flatMap((booking) => [pay(one, event, booking), pay(other, event, booking)]));
  assert.deepEqual(countKinds(told), { booking: 40 });
  assert.deepEqual(await countStates(one.db, event.eventId), { confirmed: 10, refunded: 10, held: 10 });
  await assertSound(one.db, event.eventId);
});

test('a refund, a cancellation and a dispute of one booking at once end it once', async () => {
  const event = await openPriced();
  const held = bookingIn(await hold(one, event, { lines: linesOf(event) }));
  await pay(one, event, held);
  const key = anId();
  const asked = [one, other, one, other].map((server, index) => giveBack(server, event, held, index < 2 ? { key } : {}));
  const told = await Promise.all([...asked, quarrel(other, event, held, 'lost')]);
  const facts = "select count(*)::int from facts.facts where event_id = $1 and type in ('booking.refunded', 'booking.cancelled')";
  const [row = []] = await one.db.queryRows(facts, [event.eventId]);
  assert.equal(row[0], 1, JSON.stringify(told.map((outcome) => outcome.kind)));
  await assertSound(one.db, event.eventId);
});
