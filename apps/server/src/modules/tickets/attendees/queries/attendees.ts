import type { Queryable, Tx } from '../../../../platform/db/index.ts';
import type { SealedSaid } from '../attendee-vault.ts';

type OfBooking = { eventId: string; bookingId: string };
export type AttendeeRow = SealedSaid & { number: number; buyerKey: string };

/** One after the other: what is written is made of what is there. */
export async function lockAttendees(tx: Tx, { bookingId }: OfBooking): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('attendees of ' || $1, 0))`, [bookingId]);
}

export async function readAttendees(on: Queryable, { eventId, bookingId }: OfBooking): Promise<AttendeeRow[]> {
  return on.query<AttendeeRow>(
    `select number, buyer_key as "buyerKey", name_sealed as "nameSealed", email_sealed as "emailSealed", answers_sealed as "answersSealed"
     from tickets.attendees where event_id = $1 and booking_id = $2 order by number`,
    [eventId, bookingId],
  );
}

export type NewAttendees = OfBooking & { rows: readonly AttendeeRow[]; changedAt: Date };

/** Sets or replaces rows of a booking, in one statement. */
export async function upsertAttendees(tx: Tx, { eventId, bookingId, rows, changedAt }: NewAttendees): Promise<void> {
  const hex = (of: (row: AttendeeRow) => Buffer | null) => rows.map((row) => of(row)?.toString('hex') ?? null);
  await tx.query(
    `insert into tickets.attendees as a (event_id, booking_id, number, buyer_key, name_sealed, email_sealed, answers_sealed, changed_at)
     select $1, $2, number, buyer_key, decode(name, 'hex'), decode(email, 'hex'), decode(answers, 'hex'), $8
     from unnest($3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[]) as n (number, buyer_key, name, email, answers)
     on conflict (event_id, booking_id, number) do update set buyer_key = excluded.buyer_key, name_sealed = excluded.name_sealed,
       email_sealed = excluded.email_sealed, answers_sealed = excluded.answers_sealed, changed_at = excluded.changed_at`,
    [
      ...[eventId, bookingId, rows.map(({ number }) => number), rows.map(({ buyerKey }) => buyerKey)],
      ...[hex((row) => row.nameSealed), hex((row) => row.emailSealed), hex((row) => row.answersSealed), changedAt],
    ],
  );
}

/** Removes what was said of a ticket. */
export async function deleteAttendee(tx: Tx, { eventId, bookingId, number }: OfBooking & { number: number }): Promise<void> {
  await tx.query('delete from tickets.attendees where event_id = $1 and booking_id = $2 and number = $3', [eventId, bookingId, number]);
}
