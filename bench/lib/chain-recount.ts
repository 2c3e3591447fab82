import type { Db } from '../../apps/server/src/platform/db/index.ts';
import { Unmeasured } from './unmeasured.ts';

type Counts = Record<'confirmed' | 'tickets' | 'sold' | 'paid' | 'transfers' | 'received', number>;

/** What one chain leaves: one confirmed booking, one ticket, one sold, one payment. Throws Unmeasured where PostgreSQL holds anything else. */
export async function recountChains(db: Db, { eventId, priceMinor }: { eventId: string; priceMinor: number }, done: number): Promise<void> {
  const [counts] = await db.query<Counts>(
    `select (select count(*) from sales.bookings where event_id = $1 and state = 'confirmed')::int as confirmed,
            (select count(*) from tickets.tickets where event_id = $1 and state = 'valid')::int as tickets,
            (select sum(sold) from sales.ticket_types where event_id = $1)::int as sold,
            (select count(*) from sales.bookings where event_id = $1 and paid_minor = total_minor)::int as paid,
            (select count(*) from payments.transfers where event_id = $1 and debit = 'provider' and credit = 'sales')::int as transfers,
            (select debit_minor - credit_minor from payments.balances where event_id = $1 and account = 'provider')::float8 / $2 as received`,
    [eventId, priceMinor],
  );
  for (const [name, count] of Object.entries(counts ?? {})) {
    if (count !== done) throw new Unmeasured(`${done} buyers have tickets, but PostgreSQL holds ${JSON.stringify(counts)} (${name}).`);
  }
}
