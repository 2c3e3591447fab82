import { systemClock } from '../../../platform/clock/index.ts';
import { newUuid } from '../../../platform/ids/index.ts';
import type { Line, PlaceCommand } from '../commands.ts';
import { placeBooking, type Booking, type BookingOutcome, type Refusal, type Sales } from '../index.ts';

export type EventUnderTest = { eventId: string; ticketTypeIds: string[] };

export function anId(): string {
  return newUuid(systemClock.nowMs());
}

export type Wish = {
  buyerKey?: string;
  idempotencyKey?: string;
  quantity?: number;
  lines?: readonly Line[];
  accessCode?: string;
  promoCode?: string;
  expectedTotalMinor?: number;
  confirm?: boolean;
  isGone?: () => boolean;
};

/** Places tickets of the event's first ticket type: a new buyer with a new key, unless the wish says otherwise. */
export function hold(sales: Sales, { eventId, ticketTypeIds }: EventUnderTest, wish: Wish = {}): Promise<BookingOutcome | Refusal> {
  return placeBooking(sales, {
    eventId,
    buyerKey: wish.buyerKey ?? anId(),
    idempotencyKey: wish.idempotencyKey ?? anId(),
    lines: wish.lines ?? [{ ticketTypeId: ticketTypeIds[0] ?? '', quantity: wish.quantity ?? 1 }],
    accessCode: wish.accessCode ?? null,
    promoCode: wish.promoCode ?? null,
    expectedTotalMinor: wish.expectedTotalMinor ?? null,
    confirm: wish.confirm ?? false,
    isGone: wish.isGone ?? (() => false),
  });
}

/** The command behind a hold, for tests that put one in behind the edge. */
export function placeCommand({ ticketTypeIds }: EventUnderTest, changes: Partial<PlaceCommand> = {}): PlaceCommand {
  const lines = [{ ticketTypeId: ticketTypeIds[0] ?? '', quantity: 1 }];
  const ids = { bookingId: anId(), fingerprint: anId(), buyerKey: anId() };
  return { kind: 'place', ...ids, lines, accessCode: null, promoCode: null, expectedTotalMinor: null, confirm: false, ...changes };
}

/** The booking of an outcome that must be one. */
export function bookingIn(outcome: { kind: string; booking?: Booking }): Booking {
  if (!outcome.booking) throw new Error(`A booking was expected, not ${JSON.stringify(outcome)}.`);
  return outcome.booking;
}

export function countKinds(outcomes: readonly { kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
