import type { BookingBook } from './booking-book.ts';
import type { HttpClient } from './http/client.ts';
import type { RushEvent } from './make-event.ts';
import type { WayBook } from './pay/way-book.ts';
import type { PromiseBook } from './promises.ts';
import type { Tally } from './tally.ts';

/** What every buyer of a rush shares. */
export type World = {
  http: HttpClient;
  /** Connections to the payment provider, by the origin where buyers pay. */
  providerAt(origin: string): HttpClient;
  event: RushEvent;
  tally: Tally;
  promises: PromiseBook;
  bookings: BookingBook;
  ways: WayBook;
  holdMs: number;
  /** How long who has paid waits for tickets or the money. */
  patienceMs: number;
  /** Buyers who have a hold in their hands now. */
  holding: number;
};
