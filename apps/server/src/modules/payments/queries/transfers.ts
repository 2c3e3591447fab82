import type { Queryable } from '../../../platform/db/index.ts';

export type TransferRow = {
  seq: number;
  at: Date;
  kind: string;
  bookingId: string;
  debit: string;
  credit: string;
  amountMinor: number;
  currency: string;
};

const COLUMNS = `seq::float8 as seq, at, kind, booking_id as "bookingId", debit, credit, amount_minor::float8 as "amountMinor", currency`;

/** A booking has a handful; however often its ticket is given back, no answer grows without end. */
const OF_BOOKING_MAX = 1_000;

/** What money did for a booking, in order. */
export function readTransfersOf(on: Queryable, eventId: string, bookingId: string): Promise<TransferRow[]> {
  return on.query<TransferRow>(
    `select ${COLUMNS} from payments.transfers where event_id = $1 and booking_id = $2 order by seq limit ${OF_BOOKING_MAX}`,
    [eventId, bookingId],
  );
}

/** The bookings of an event that money moved for, by id. */
export async function readPaidBookingIds(
  on: Queryable,
  { eventId, after, limit }: { eventId: string; after: string | null; limit: number },
): Promise<string[]> {
  const rows = await on.query<{ id: string }>(
    `select booking_id as id from payments.transfers where event_id = $1 and booking_id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')
     group by booking_id order by booking_id limit $3`,
    [eventId, after, limit],
  );
  return rows.map(({ id }) => id);
}
