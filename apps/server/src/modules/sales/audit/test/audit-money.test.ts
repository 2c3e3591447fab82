import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { systemClock } from '../../../../platform/clock/index.ts';
import { bookingIn, hold, type EventUnderTest } from '../../test/buyers.ts';
import { makeDue } from '../../test/make-due.ts';
import { deskCommand, giveBack, goToPay, pay, quarrel } from '../../test/money.ts';
import { openEvent, openSales } from '../../test/support.ts';
import { auditEvent } from '../audit-event.ts';
import type { AuditReport } from '../audit-report.ts';
import { buildRandom } from './random-sale.ts';

/** The audit of stock, where bookings are paid for and come back in parts. What became of their money the audit of money says. */
const sales = await openSales();
after(() => sales.closeAll());

async function audit({ eventId }: EventUnderTest, full: boolean, pageMax = 7): Promise<AuditReport> {
  const report = await auditEvent({ db: sales.db, clock: systemClock }, eventId, { full, pageMax });
  assert.ok(report);
  return report;
}

async function assertClean(event: EventUnderTest): Promise<void> {
  for (const full of [true, false]) assert.deepEqual((await audit(event, full)).problems, []);
}

function openPriced(): Promise<EventUnderTest> {
  const type = { capacity: 200, terms: { priceMinor: 1_000 } };
  return openEvent(sales, [type, type]);
}

/** Two lines, so that parts of a booking are parts of lines too. */
async function holdPair(event: EventUnderTest) {
  return bookingIn(await hold(sales, event, { lines: event.ticketTypeIds.map((ticketTypeId) => ({ ticketTypeId, quantity: 2 })) }));
}

test('whatever the lane does with money is clean, also while it does it', async () => {
  const event = await openPriced();
  const random = buildRandom('money');
  for (let round = 0; round < 5; round += 1) {
    const held = await Promise.all(Array.from({ length: 8 }, () => holdPair(event)));
    await Promise.all(held.map((booking) => (random(2) === 0 ? goToPay(sales, event, booking) : null)));
    const isLate = round % 2 === 1;
    if (isLate) await makeDue(sales.db, event.eventId);
    const paid = held.map((booking) => (random(4) === 0 ? pay(sales, event, booking, 999) : pay(sales, event, booking)));
    const sold = sales.lanes.submit(event.eventId, deskCommand(event));
    await Promise.all([...paid, sold, audit(event, true).then(({ problems }) => assert.deepEqual(problems, []))]);
    const back = held.map((booking, index) => {
      if (index % 4 === 0) return giveBack(sales, event, booking, { tickets: [1 + random(4)], restock: random(2) === 0 });
      if (index % 4 === 1) return giveBack(sales, event, booking, { tickets: [], amountMinor: 100 });
      if (index % 4 === 2) return giveBack(sales, event, booking);
      return quarrel(sales, event, booking, random(2) === 0 ? 'lost' : 'won');
    });
    await Promise.all([...back, audit(event, false).then(({ problems }) => assert.deepEqual(problems, []))]);
    await Promise.all(held.map((booking) => giveBack(sales, event, booking, { tickets: [3, 4] })));
  }
  await assertClean(event);
});

type Damage = { name: string; text: string; codes: string[]; full: boolean };

const ONE = 'where event_id = $1 and state =';

const DAMAGES: readonly Damage[] = [
  {
    name: 'a part that is whole again',
    text: `update sales.bookings set state = 'confirmed' ${ONE} 'partially_refunded'`,
    codes: ['booking_state'],
    full: false,
  },
  {
    name: 'a refund that never was',
    text: `update sales.bookings set state = 'partially_refunded' ${ONE} 'refunded'`,
    codes: ['booking_state'],
    full: false,
  },
  {
    name: 'a cancellation that was a refund',
    text: `update sales.bookings set state = 'refunded' ${ONE} 'cancelled'`,
    codes: ['booking_state'],
    full: false,
  },
  {
    name: 'tickets that came back and are forgotten',
    text: `update sales.bookings set returned = null ${ONE} 'partially_refunded'`,
    codes: ['bookings_drift', 'buyer_total_drift'],
    full: true,
  },
  {
    name: 'tickets that came back and did not',
    text: `update sales.bookings set returned = '{1,2,3}' ${ONE} 'partially_refunded'`,
    codes: ['bookings_drift', 'buyer_total_drift'],
    full: true,
  },
  {
    name: 'another ticket than came back',
    text: `update sales.bookings set returned = '{4}' ${ONE} 'partially_refunded'`,
    codes: ['bookings_drift', 'buyer_total_drift'],
    full: true,
  },
  {
    name: 'a sale that nobody paid for',
    text: `update sales.bookings set state = 'awaiting_payment' ${ONE} 'partially_refunded'`,
    codes: ['booking_state'],
    full: false,
  },
  {
    name: 'a payment that is awaited no more',
    text: `update sales.bookings set state = 'released' ${ONE} 'awaiting_payment'`,
    codes: ['booking_state'],
    full: false,
  },
];

for (const { name, text, codes, full } of DAMAGES) {
  test(`the audit finds ${name}`, async () => {
    const event = await openPriced();
    const [part, whole, lost, awaiting] = await Promise.all(Array.from({ length: 4 }, () => holdPair(event)));
    assert.ok(part && whole && lost && awaiting);
    for (const booking of [part, whole, lost]) await pay(sales, event, booking);
    await giveBack(sales, event, part, { tickets: [1] });
    await giveBack(sales, event, whole);
    await quarrel(sales, event, lost, 'lost');
    await goToPay(sales, event, awaiting);
    if (full) assert.deepEqual((await audit(event, true)).problems, []);
    assert.equal((await sales.db.query(`${text} returning 1`, [event.eventId])).length, 1);
    const { verdict, problems } = await audit(event, full);
    assert.equal(verdict, 'broken');
    assert.deepEqual([...new Set(problems.map((problem) => problem.code))].sort(), codes);
  });
}
