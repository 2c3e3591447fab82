import type { Queryable } from '../../../../platform/db/index.ts';

/** Who has a ticket, once it is issued. */
export type Holder = { number: number; buyerKey: string; isValid: boolean };

export async function readHolders(
  on: Queryable,
  { eventId, bookingId }: { eventId: string; bookingId: string },
): Promise<ReadonlyMap<number, Holder>> {
  const rows = await on.query<Holder>(
    `select number, buyer_key as "buyerKey", state = 'valid' as "isValid" from tickets.tickets where event_id = $1 and booking_id = $2`,
    [eventId, bookingId],
  );
  return new Map(rows.map((row) => [row.number, row]));
}
