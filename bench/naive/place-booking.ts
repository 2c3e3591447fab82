import type { Pool, PoolClient } from 'pg';

export type NaiveHold = {
  eventId: string;
  bookingId: string;
  buyerKey: string;
  ticketTypeId: string;
  quantity: number;
};

export type NaiveBooking = { priceMinor: number; heldAt: Date; expiresAt: Date };

/**
 * The way that comes to mind first: one transaction per request, which locks the row of the ticket type, looks whether
 * enough is left, writes the booking and raises the counter. It is correct, and everyone waits for everyone's commit.
 * Statements are prepared, so that it is no slower than it must be. Null means sold out.
 */
export async function placeNaively(pool: Pool, hold: NaiveHold): Promise<NaiveBooking | null> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const booking = await holdIn(client, hold);
    await client.query(booking === null ? 'rollback' : 'commit');
    return booking;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

type LockedType = { price_minor: string; left: number; now: Date; expires_at: Date };

async function holdIn(
  client: PoolClient,
  { eventId, bookingId, buyerKey, ticketTypeId, quantity }: NaiveHold,
): Promise<NaiveBooking | null> {
  const { rows } = await client.query<LockedType>({ ...lockType, values: [eventId, ticketTypeId] });
  const type = rows[0];
  if (type === undefined || type.left < quantity) return null;
  const priceMinor = Number(type.price_minor);
  await client.query({
    ...insertBooking,
    values: [eventId, bookingId, buyerKey, quantity, priceMinor * quantity, type.now, type.expires_at],
  });
  await client.query({ ...insertLine, values: [eventId, bookingId, ticketTypeId, quantity, priceMinor] });
  await client.query({ ...raiseCounter, values: [eventId, ticketTypeId, quantity] });
  return { priceMinor, heldAt: type.now, expiresAt: type.expires_at };
}

const lockType = {
  name: 'lock_type',
  text: `select price_minor, capacity - held as left, now() as now, now() + interval '1 day' as expires_at
         from naive.ticket_types where event_id = $1 and id = $2 for update`,
};

const insertBooking = {
  name: 'insert_booking',
  text: `insert into naive.bookings (event_id, id, buyer_key, state, quantity, total_minor, held_at, expires_at)
         values ($1, $2, $3, 'held', $4, $5, $6, $7)`,
};

const insertLine = {
  name: 'insert_line',
  text: 'insert into naive.booking_lines (event_id, booking_id, ticket_type_id, quantity, unit_price_minor) values ($1, $2, $3, $4, $5)',
};

const raiseCounter = {
  name: 'raise_counter',
  text: 'update naive.ticket_types set held = held + $3 where event_id = $1 and id = $2',
};
