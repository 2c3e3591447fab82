import type { BookingBook } from './booking-book.ts';
import type { HttpClient } from './http/client.ts';
import type { PromiseBook } from './promises.ts';
import type { RushEvent } from './make-event.ts';
import type { Tally } from './tally.ts';

/** What every buyer of a rush shares. */
export type World = {
  http: HttpClient;
  event: RushEvent;
  tally: Tally;
  promises: PromiseBook;
  bookings: BookingBook;
  holdMs: number;
  /** Buyers who have a hold in their hands now. */
  holding: number;
};
