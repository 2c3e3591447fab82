import assert from 'node:assert/strict';
import { isSold } from '../../apps/server/src/modules/sales/booking-states.ts';
import { type Model, type ModelBooking, ticketsOf } from './model.ts';
import type { StoredMoney } from './read-money.ts';

/** The money of bookings, the accounts, what is owed and the tickets are what the notebook says, to the unit. */
export function compareMoney(model: Model, stored: StoredMoney): void {
  const bookings = [...model.bookings.values()];
  assert.deepEqual(stored.bookings, sorted(bookings.map(describeBooking)), 'the bookings’ money');
  const { accounts, owed, transfers } = model.notebook;
  const balances = [...accounts].filter(([, balance]) => balance !== 0).map(([key, balance]) => `${key} ${balance}`);
  assert.deepEqual(stored.balances, sorted(balances), 'the accounts');
  assert.equal(stored.transfers, transfers, 'as many lines in the ledger of money');
  const notes = [...owed].map(([id, { kind, bookingId, amountMinor, currency, standing }]) =>
    [id, kind, bookingId, amountMinor, currency, standing].join(' '),
  );
  assert.deepEqual(stored.owed, sorted(notes), 'what is owed');
  assert.deepEqual(stored.tickets, sorted(bookings.flatMap(describeTickets)), 'the tickets');
}

function describeBooking(booking: ModelBooking): string {
  const { id, state, paidMinor, refundedMinor, refundedExtraMinor, disputedMinor, dispute, tender, paymentRef, returned } = booking;
  const money = [paidMinor, refundedMinor, refundedExtraMinor, disputedMinor, dispute ?? '-', tender ?? '-', paymentRef ?? '-'];
  return [id, state, ...money, returned.join(',') || '-'].join(' ');
}

/** A booking that was ever sold has its tickets; those that came back are revoked. */
function describeTickets(booking: ModelBooking): string[] {
  const { id, state, returned } = booking;
  if (!isSold(state) && returned.length === 0) return [];
  return ticketsOf(booking).map(({ number, ticketTypeId }) =>
    [id, number, ticketTypeId, booking.buyerKey, returned.includes(number) ? 'revoked' : 'valid'].join(' '),
  );
}

function sorted(lines: readonly string[]): string[] {
  return [...lines].sort();
}
