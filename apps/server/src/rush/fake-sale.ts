import type { Booking } from '@tessera/contract';
import type { Movement } from '../engines/payments/index.ts';

/** What a fake sale does wrong, once. */
export type Sabotage =
  | 'two bookings for one key'
  | 'loses a booking'
  | 'changes a price'
  | 'oversells'
  | 'fails'
  | 'sells in secret'
  | 'audit finds something'
  | 'keeps the money'
  | 'charges twice'
  | 'never tells'
  | 'gives tickets for nothing'
  | 'forgets a ticket'
  | 'money audit finds something';

export type FakeAnswer = { status: number; body: object; replayed?: boolean };
export type FakeRequest = { method: string; path: string; token: string; key: string; body: Record<string, unknown> };

/** `untold`: the provider has the money, and has not said so. */
export type FakeIntent = {
  ref: string;
  secret: string;
  state: 'open' | 'requires_action' | 'processing' | 'succeeded' | 'cancelled';
  card: string;
  untold: boolean;
};
export type Own = { booking: Booking; token: string; expiresMs: number; intent: FakeIntent | null; isDeaf: boolean };

export type Sale = {
  sabotage: Sabotage | null;
  eventId: string;
  capacity: number;
  holdMs: number;
  prices: Map<string, number>;
  bookings: Map<string, Own>;
  byKey: Map<string, string>;
  movements: Movement[];
  /** Commands that have gone wrong on purpose: once is enough. */
  spoilt: number;
};

export const PENDING: readonly string[] = ['held', 'awaiting_payment'];
export const SOLD: readonly string[] = ['confirmed', 'partially_refunded'];

export function taken(sale: Sale, states: readonly string[]): number {
  const kept = [...sale.bookings.values()].filter(({ booking }) => states.includes(booking.state));
  return kept.reduce((sum, { booking }) => sum + booking.quantity - booking.returned_tickets.length, 0);
}

export function leftOf(sale: Sale): number {
  return sale.capacity - taken(sale, [...PENDING, ...SOLD]);
}

/** Whether this is the moment to do what the sabotage is; it happens once. */
export function spoils(sale: Sale, sabotage: Sabotage): boolean {
  if (sale.sabotage !== sabotage || sale.spoilt > 0) return false;
  sale.spoilt += 1;
  return true;
}
