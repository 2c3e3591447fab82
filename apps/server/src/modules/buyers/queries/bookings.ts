import type { Queryable, Tx } from '../../../platform/db/index.ts';

export type BookingRow = { buyerKey: string; eventId: string; bookingId: string };

/** Where a booking stands in its list; `at` is the text of PostgreSQL, which loses nothing. */
export type BookingPlace = { at: string; eventId: string; bookingId: string };

export type NewBookings = { eventId: string; bookings: readonly { buyerKey: string; bookingId: string; atMs: number }[] };

/** Adds what is not there yet: facts come at least once, and each booking has several. */
export async function insertBookings(tx: Tx, { eventId, bookings }: NewBookings): Promise<void> {
  await tx.query(
    `insert into buyers.bookings (buyer_key, event_id, booking_id, at)
     select buyer_key, $1, booking_id, to_timestamp(at_ms / 1000)
     from unnest($2::uuid[], $3::uuid[], $4::float8[]) as b (buyer_key, booking_id, at_ms) on conflict do nothing`,
    [eventId, bookings.map((one) => one.buyerKey), bookings.map((one) => one.bookingId), bookings.map((one) => one.atMs)],
  );
}

/** Where a booking of these buyers stands; null if it is none of theirs. */
export async function readPlace(
  on: Queryable,
  { buyerKeys, eventId, bookingId }: { buyerKeys: readonly string[]; eventId: string; bookingId: string },
): Promise<BookingPlace | null> {
  const rows = await on.query<BookingPlace>(
    `select at::text as at, event_id as "eventId", booking_id as "bookingId" from buyers.bookings
     where buyer_key = any($1::uuid[]) and event_id = $2 and booking_id = $3`,
    [buyerKeys, eventId, bookingId],
  );
  return rows[0] ?? null;
}

const NOWHERE = '00000000-0000-0000-0000-000000000000';

/**
 * The newest bookings of some buyers, all together, from a place on. Nothing of others is read, but all that these have:
 * PostgreSQL believes that each has few, and sorts (4 ms for one who has 20,000).
 */
export async function readNewest(
  on: Queryable,
  { buyerKeys, after, limit }: { buyerKeys: readonly string[]; after: BookingPlace | null; limit: number },
): Promise<BookingRow[]> {
  return on.query<BookingRow>(
    `select b.buyer_key as "buyerKey", b.event_id as "eventId", b.booking_id as "bookingId"
     from unnest($1::uuid[]) as k (buyer_key), lateral (
       select * from buyers.bookings o where o.buyer_key = k.buyer_key and (o.at, o.event_id, o.booking_id) < ($2::timestamptz, $3::uuid, $4::uuid)
       order by o.at desc, o.event_id desc, o.booking_id desc limit $5) b
     order by b.at desc, b.event_id desc, b.booking_id desc limit $5`,
    [buyerKeys, after?.at ?? 'infinity', after?.eventId ?? NOWHERE, after?.bookingId ?? NOWHERE, limit],
  );
}

/** The newest bookings of each of some buyers. */
export async function readNewestOfEach(on: Queryable, buyerKeys: readonly string[], limit: number): Promise<BookingRow[]> {
  return on.query<BookingRow>(
    `select b.buyer_key as "buyerKey", b.event_id as "eventId", b.booking_id as "bookingId"
     from unnest($1::uuid[]) as k (buyer_key), lateral (
       select * from buyers.bookings o where o.buyer_key = k.buyer_key order by o.at desc, o.event_id desc, o.booking_id desc limit $2) b`,
    [buyerKeys, limit],
  );
}
