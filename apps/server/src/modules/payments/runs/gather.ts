import { readFacts } from '../../../platform/facts/index.ts';
import { readBookings } from '../../sales/index.ts';
import type { Payments } from '../context.ts';
import { insertRunBookings } from '../queries/refund-run-bookings.ts';
import { moveCursor, moveRun } from '../queries/refund-runs.ts';
import type { RefundRun } from './refund-run.ts';

/** Some ten milliseconds. */
const FACTS_PAGE = 500;

/**
 * Gathers a page of the bookings that were sold, by the facts that tell of it, and moves the cursor with them. Who dies in between has
 * changed nothing. Answers whether there may be more; when there is none, the run goes on.
 */
export async function gatherPage({ db, sales }: Pick<Payments, 'db' | 'sales'>, run: RefundRun): Promise<boolean> {
  const facts = await readFacts(db, { eventId: run.eventId, afterSeq: run.cursor, limit: FACTS_PAGE });
  const last = facts.at(-1);
  if (!last) {
    await moveRun(db, run, run.choice === 'refund_all' ? 'refunding' : 'asking');
    return false;
  }
  const told = [...new Set(facts.filter(({ type }) => type === 'booking.confirmed').map(({ subjectId }) => subjectId))];
  const { bookings } = await readBookings(sales, { eventId: run.eventId, bookingIds: told });
  const bookingIds = bookings.filter(({ state }) => state === 'confirmed' || state === 'partially_refunded').map(({ id }) => id);
  await db.transaction(async (tx) => {
    if (!(await moveCursor(tx, run, last.seq))) return;
    await insertRunBookings(tx, run, { bookingIds, state: run.choice === 'refund_all' ? 'pending' : 'asked' });
  });
  run.cursor = last.seq;
  return true;
}
