import type { Queryable } from '../../../platform/db/index.ts';
import type { RunBookingState } from '../runs/refund-run.ts';

type OfRun = { eventId: string; id: string };

export async function insertRunBookings(
  on: Queryable,
  { eventId, id }: OfRun,
  { bookingIds, state }: { bookingIds: readonly string[]; state: RunBookingState },
): Promise<void> {
  if (bookingIds.length === 0) return;
  await on.query(
    `insert into payments.refund_run_bookings (event_id, run_id, booking_id, state)
     select $1, $2, booking_id, $4 from unnest($3::uuid[]) as b (booking_id) on conflict do nothing`,
    [eventId, id, bookingIds, state],
  );
}

/** Bookings of a run in a state, by id; those after `after`. */
export async function readRunBookings(
  on: Queryable,
  { eventId, id }: OfRun,
  { state, after, limit }: { state: RunBookingState; after: string; limit: number },
): Promise<string[]> {
  const rows = await on.query<{ id: string }>(
    `select booking_id as id from payments.refund_run_bookings
     where event_id = $1 and run_id = $2 and booking_id > $4 and state = $3 order by booking_id limit $5`,
    [eventId, id, state, after, limit],
  );
  return rows.map((row) => row.id);
}

/** The same for people, with why. */
export async function listRunBookings(
  on: Queryable,
  { eventId, id }: OfRun,
  { state, after, limit }: { state: RunBookingState; after: string | null; limit: number },
): Promise<{ id: string; detail: string | null }[]> {
  return on.query<{ id: string; detail: string | null }>(
    `select booking_id as id, detail from payments.refund_run_bookings
     where event_id = $1 and run_id = $2 and booking_id > coalesce($4::uuid, '00000000-0000-0000-0000-000000000000') and state = $3
     order by booking_id limit $5`,
    [eventId, id, state, after, limit],
  );
}

export type RunBookingEnd = { bookingId: string; state: 'refunded' | 'failed'; detail: string | null };

/** Writes what became of bookings that were to be refunded. */
export async function endRunBookings(on: Queryable, { eventId, id }: OfRun, ends: readonly RunBookingEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await on.query(
    `update payments.refund_run_bookings b set state = e.state, detail = e.detail, decided_at = statement_timestamp()
     from unnest($3::uuid[], $4::text[], $5::text[]) as e (booking_id, state, detail)
     where b.event_id = $1 and b.run_id = $2 and b.booking_id = e.booking_id and b.state = 'pending'`,
    [eventId, id, ends.map(({ bookingId }) => bookingId), ends.map(({ state }) => state), ends.map(({ detail }) => detail)],
  );
}

/** Decides a page of those whose buyers have said nothing; answers how many. */
export async function decideAsked(on: Queryable, { eventId, id }: OfRun, to: 'kept' | 'pending', limit: number): Promise<number> {
  const rows = await on.query(
    `update payments.refund_run_bookings b set state = $3, detail = 'by_default', decided_at = statement_timestamp()
     where b.event_id = $1 and b.run_id = $2 and b.state = 'asked' and b.booking_id = any(array(
       select booking_id from payments.refund_run_bookings where event_id = $1 and run_id = $2 and state = 'asked' order by booking_id limit $4))
     returning 1`,
    [eventId, id, to, limit],
  );
  return rows.length;
}

export type Question = { runId: string; state: RunBookingState; byDefault: 'keep' | 'refund'; decideUntil: Date; isOver: boolean };

/** What the buyer of a booking is asked by the last run that asks; null if nobody asks. */
export async function readQuestion(on: Queryable, eventId: string, bookingId: string): Promise<Question | null> {
  const [row] = await on.query<Question>(
    `select r.id as "runId", b.state, r.by_default as "byDefault", r.decide_until as "decideUntil", r.decide_until <= statement_timestamp() as "isOver"
     from payments.refund_runs r join payments.refund_run_bookings b on b.event_id = r.event_id and b.run_id = r.id and b.booking_id = $2
     where r.event_id = $1 and r.choice = 'keep_or_refund' order by r.created_at desc limit 1`,
    [eventId, bookingId],
  );
  return row ?? null;
}

/** Takes a buyer's choice, while there is time. What was chosen to go back may be on its way: it is not taken back. */
export async function chooseForBooking(
  on: Queryable,
  { eventId, runId, bookingId }: { eventId: string; runId: string; bookingId: string },
  to: 'kept' | 'pending',
): Promise<boolean> {
  const rows = await on.query(
    `update payments.refund_run_bookings b set state = $4, detail = 'by_buyer', decided_at = statement_timestamp()
     from payments.refund_runs r
     where b.event_id = $1 and b.run_id = $2 and b.booking_id = $3 and b.state in ('asked', 'kept')
       and r.event_id = b.event_id and r.id = b.run_id and r.state in ('gathering', 'asking') and r.decide_until > statement_timestamp()
     returning 1`,
    [eventId, runId, bookingId, to],
  );
  return rows.length > 0;
}
