import type { Queryable } from '../../../../platform/db/index.ts';

export type DeskKind = 'sale' | 'complimentary' | 'guest';

export type DeskRow = { bookingId: string; kind: DeskKind; nameSealed: Buffer | null; note: string | null; by: string; at: Date };

const COLUMNS = 'booking_id as "bookingId", kind, name_sealed as "nameSealed", note, by, at';
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Once for each booking: what was said first stays. */
export async function insertDeskBooking(on: Queryable, eventId: string, row: DeskRow): Promise<void> {
  const { bookingId, kind, nameSealed, note, by, at } = row;
  await on.query(
    `insert into tickets.desk_bookings (event_id, booking_id, kind, name_sealed, note, by, at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict on constraint desk_bookings_pkey do nothing`,
    [eventId, bookingId, kind, nameSealed, note, by, at],
  );
}

export type DeskPage = { eventId: string; kind: DeskKind | null; afterBookingId: string | null; limit: number };

/** By booking, behind one. */
export async function readDeskPage(on: Queryable, { eventId, kind, afterBookingId, limit }: DeskPage): Promise<DeskRow[]> {
  return on.query<DeskRow>(
    `select ${COLUMNS} from tickets.desk_bookings where event_id = $1 and booking_id > $2 and ($3::text is null or kind = $3)
     order by booking_id limit $4`,
    [eventId, afterBookingId ?? FIRST, kind, limit],
  );
}

export async function readDeskBookings(on: Queryable, eventId: string, bookingIds: readonly string[]): Promise<DeskRow[]> {
  const text = `select ${COLUMNS} from tickets.desk_bookings where event_id = $1 and booking_id = any($2::uuid[])`;
  return on.query<DeskRow>(text, [eventId, bookingIds]);
}
