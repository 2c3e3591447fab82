import type { Db } from '../../platform/db/index.ts';
import { readFacts, type NumberedFact } from '../../platform/facts/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { bookingOfFact } from '../sales/index.ts';
import { insertBookings } from './queries/bookings.ts';
import { lockOffset, moveOffset } from './queries/offsets.ts';

/** `taken`: another follower has the event, or was there first. `more`: there may be further facts. */
export type FollowOutcome = 'done' | 'more' | 'taken';

/** Facts in a transaction: it takes some ten milliseconds. */
const FACTS_MAX = 500;

/**
 * Follows one event for a page: reads the facts after `afterSeq`, then writes what they tell together with the new offset.
 * The offset is checked and locked only in the writing transaction: no transaction spans the cell and the projection, and
 * none is open while facts are read. Whoever dies in between has changed nothing, and another reads the same page again.
 */
export async function followEvent(
  db: Db,
  { eventId, afterSeq }: { eventId: string; afterSeq: number },
): Promise<{ outcome: FollowOutcome; seq: number }> {
  const facts = await readFacts(db, { eventId, afterSeq, limit: FACTS_MAX });
  const last = facts.at(-1);
  if (!last) return { outcome: 'done', seq: afterSeq };
  invariant(last.seq === afterSeq + facts.length, `facts of event ${eventId} after ${afterSeq} have a gap`);
  const bookings = firstFacts(facts);
  const isOurs = await db.transaction(async (tx) => {
    if ((await lockOffset(tx, eventId)) !== afterSeq) return false;
    if (bookings.length > 0) await insertBookings(tx, { eventId, bookings });
    await moveOffset(tx, eventId, last.seq);
    return true;
  });
  if (!isOurs) return { outcome: 'taken', seq: afterSeq };
  return { outcome: facts.length === FACTS_MAX ? 'more' : 'done', seq: last.seq };
}

/** Each booking once, at the time of its first fact. */
function firstFacts(facts: readonly NumberedFact[]) {
  const found = new Map<string, { buyerKey: string; bookingId: string; atMs: number }>();
  for (const fact of facts) {
    const booking = bookingOfFact(fact);
    if (booking && !found.has(booking.bookingId)) found.set(booking.bookingId, { ...booking, atMs: fact.atMs });
  }
  return [...found.values()];
}
