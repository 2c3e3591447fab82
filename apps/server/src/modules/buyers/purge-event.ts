import { deletePage, type Db } from '../../platform/db/index.ts';

/** The offset first: without it no follower writes bookings behind the pages that come after. */
const TABLES = ['buyers.offsets', 'buyers.bookings'];

/**
 * Deletes a page of what was made from the facts of an event; false if nothing is left of it. A transaction of its own: what
 * readers have lies in another home than the event. The event's facts are gone by then, so that nobody makes it again; a
 * follower that saw the event before may leave a row that says that it has followed nothing of it, and no more.
 */
export function purgeBookings(db: Db, eventId: string): Promise<boolean> {
  return db.transaction((tx) => deletePage(tx, TABLES, eventId));
}
