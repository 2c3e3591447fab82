import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Booking } from '../../sales/index.ts';
import { amountByPolicy } from './amount-by-policy.ts';

const AMOUNT_MAX = 100_000_000_000;
const lines = fc.array(
  fc.record({
    ticketTypeId: fc.constant('type'),
    quantity: fc.integer({ min: 1, max: 20 }),
    unitPriceMinor: fc.integer({ min: 0, max: AMOUNT_MAX }),
  }),
  { minLength: 1, maxLength: 5 },
);
const bookings = fc
  .record({ lines, extraMinor: fc.integer({ min: 0, max: AMOUNT_MAX }), given: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ lines: sold, extraMinor, given }) => {
    const quantity = sold.reduce((sum, line) => sum + line.quantity, 0);
    const totalMinor = sold.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0) + extraMinor;
    const refundedMinor = Math.floor(totalMinor * given);
    // Only what the function reads.
    return { lines: sold, quantity, totalMinor, extraMinor, paidMinor: totalMinor, refundedMinor } as unknown as Booking;
  });
const policies = fc.record({ untilHoursBefore: fc.constant(0), percent: fc.integer({ min: 0, max: 100 }), keepFees: fc.boolean() });
const all = ({ quantity }: Booking): number[] => Array.from({ length: quantity }, (_, index) => index + 1);

test('never more than is left, never less than nothing, always whole', () => {
  fc.assert(
    fc.property(bookings, policies, (booking, policy) => {
      const amount = amountByPolicy(booking, all(booking), policy);
      assert.ok(Number.isSafeInteger(amount) && amount >= 0 && amount <= booking.paidMinor - booking.refundedMinor);
    }),
  );
});

test('tickets given back one by one are worth no more than all of them at once', () => {
  fc.assert(
    fc.property(bookings, policies, (whole, policy) => {
      const booking = { ...whole, refundedMinor: 0 };
      const single = all(booking).reduce((sum, number) => sum + amountByPolicy(booking, [number], policy), 0);
      assert.ok(single <= amountByPolicy(booking, all(booking), policy));
    }),
  );
});

test('all of it, with fees, is what was paid', () => {
  fc.assert(
    fc.property(bookings, (whole) => {
      const booking = { ...whole, refundedMinor: 0 };
      assert.equal(amountByPolicy(booking, all(booking), { untilHoursBefore: 0, percent: 100, keepFees: false }), booking.totalMinor);
    }),
  );
});
