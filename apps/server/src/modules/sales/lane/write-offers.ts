import { bigintArray, integerArray, textArray, uuidArray } from '../../../platform/db/index.ts';
import type { Changes } from '../decide/changes.ts';
import type { Booking } from '../decide/state.ts';
import type { Add, Value } from './write-calls.ts';
import * as sql from './write-statements.ts';

/**
 * The counters of offers, before those of stock: what is offered behind a batch was sold before it, and the constraint that no more
 * is offered than sold looks at each statement.
 */
export function writeOffered({ offeredDeltas }: Changes, add: Add): void {
  const moved = [...offeredDeltas].filter(([, { offered, taken }]) => offered !== 0 || taken !== 0);
  if (moved.length === 0) return;
  const counts = moved.map(([, counted]) => counted);
  const [offered, taken] = [counts.map((counted) => counted.offered), counts.map((counted) => counted.taken)];
  add(sql.MOVE_OFFERED, uuidArray(moved.map(([id]) => id)), integerArray(offered), integerArray(taken));
}

/** The offers that a batch makes and ends. */
export function writeOffers({ newOffers, endedOffers }: Changes, add: Add): void {
  if (endedOffers.length > 0) {
    add(sql.DELETE_OFFERS, uuidArray(endedOffers.map((offer) => offer.ticketTypeId)), bigintArray(endedOffers.map((offer) => offer.seq)));
  }
  if (newOffers.length === 0) return;
  add(
    sql.INSERT_OFFERS,
    uuidArray(newOffers.map((offer) => offer.ticketTypeId)),
    bigintArray(newOffers.map((offer) => offer.seq)),
    uuidArray(newOffers.map((offer) => offer.bookingId)),
    integerArray(newOffers.map((offer) => offer.number)),
  );
}

/** What changed bookings offer, as two texts each; nothing where no offer comes or goes. */
export function offersOf(bookings: readonly Booking[], { newOffers, endedOffers }: Changes): Value[] {
  if (newOffers.length === 0 && endedOffers.length === 0) return [null, null];
  return [
    textArray(bookings.map(({ offers }) => offers.map((offer) => offer.number).join(','))),
    textArray(bookings.map(({ offers }) => offers.map((offer) => offer.seq).join(','))),
  ];
}
