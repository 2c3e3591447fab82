import type { Queryable } from '../../../platform/db/index.ts';

/** What is still to be asked of the provider. */
export type OwedRow = {
  eventId: string;
  id: string;
  kind: 'refund' | 'void';
  bookingId: string;
  paymentRef: string;
  amountMinor: number;
  currency: string;
  reason: string;
  tries: number;
};

export type OwedState = OwedRow & { isDone: boolean; isFailed: boolean };

const COLUMNS = `o.event_id as "eventId", o.id, o.kind, o.booking_id as "bookingId", o.payment_ref as "paymentRef",
  o.amount_minor::float8 as "amountMinor", o.currency, o.reason, o.tries`;

/**
 * Takes what is due for a while, oldest first: whoever takes it is the only one to ask for it until then, and after a crash somebody
 * else is. One statement and thereby one short transaction; rows that another server takes are passed over.
 */
export function takeDue(on: Queryable, { limit, leaseMs }: { limit: number; leaseMs: number }): Promise<OwedRow[]> {
  return on.query<OwedRow>(
    `with due as materialized (
       select event_id, id from payments.owed
       where done_at is null and failed_at is null and next_try_at <= statement_timestamp()
       order by next_try_at limit $1 for update skip locked)
     update payments.owed o set next_try_at = statement_timestamp() + $2::float8 * interval '1 ms', tries = o.tries + 1
     from due where o.event_id = due.event_id and o.id = due.id
     returning ${COLUMNS}`,
    [limit, leaseMs],
  );
}

export type Postponed = { eventId: string; id: string; afterMs: number; error: string | null; providerRef?: string | null };

const ERROR_CHARS_MAX = 500;

/** When to ask again, and why it did not work. */
export async function postpone(on: Queryable, { eventId, id, afterMs, error, providerRef = null }: Postponed): Promise<void> {
  await on.query(
    `update payments.owed set next_try_at = statement_timestamp() + $3::float8 * interval '1 ms', last_error = $4,
       provider_ref = coalesce($5, provider_ref)
     where event_id = $1 and id = $2 and done_at is null and failed_at is null`,
    [eventId, id, afterMs, error?.slice(0, ERROR_CHARS_MAX) ?? null, providerRef],
  );
}

/** Keeps the provider's name for what it has done. */
export async function setProviderRef(on: Queryable, { eventId, id }: { eventId: string; id: string }, providerRef: string): Promise<void> {
  await on.query('update payments.owed set provider_ref = $3 where event_id = $1 and id = $2 and provider_ref is distinct from $3', [
    eventId,
    id,
    providerRef,
  ]);
}

export async function readOwed(on: Queryable, eventId: string, id: string): Promise<OwedState | null> {
  const [row] = await on.query<OwedState>(
    `select ${COLUMNS}, o.done_at is not null as "isDone", o.failed_at is not null as "isFailed"
     from payments.owed o where o.event_id = $1 and o.id = $2`,
    [eventId, id],
  );
  return row ?? null;
}

export type OwedView = Pick<OwedRow, 'id' | 'kind' | 'amountMinor' | 'currency' | 'reason' | 'tries'> & {
  createdAt: Date;
  doneAt: Date | null;
  failedAt: Date | null;
  lastError: string | null;
};

/** A handful, as transfers. */
const OF_BOOKING_MAX = 1_000;

/** What is and was owed for a booking, oldest first. */
export function readOwedOf(on: Queryable, eventId: string, bookingId: string): Promise<OwedView[]> {
  return on.query<OwedView>(
    `select id, kind, amount_minor::float8 as "amountMinor", currency, reason, tries, created_at as "createdAt", done_at as "doneAt",
       failed_at as "failedAt", last_error as "lastError"
     from payments.owed where event_id = $1 and booking_id = $2 order by created_at, id limit ${OF_BOOKING_MAX}`,
    [eventId, bookingId],
  );
}

/** How much is open, and how much of it has been for longer than `oldMs`. */
export async function countOpen(on: Queryable, oldMs: number): Promise<{ open: number; old: number }> {
  const [row] = await on.query<{ open: number; old: number }>(
    `select count(*)::int as open, count(*) filter (where created_at < statement_timestamp() - $1::float8 * interval '1 ms')::int as old
     from payments.owed where done_at is null and failed_at is null`,
    [oldMs],
  );
  return row ?? { open: 0, old: 0 };
}
