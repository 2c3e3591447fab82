import type { Db } from '../../../platform/db/index.ts';
import type { Kind, Moved } from './standing.ts';

const EVENTS_PAGE = 200;
const TRANSFERS_PAGE = 5_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

type Row = { seq: number; kind: string; bookingId: string; amountMinor: number; currency: string; atMs: number };

/** What a transfer that touches the provider's account says there was. */
const KINDS: Readonly<Record<string, { kind: Kind; sign: 1 | -1 }>> = {
  payment: { kind: 'paidMinor', sign: 1 },
  return: { kind: 'paidMinor', sign: 1 },
  refund_done: { kind: 'refundedMinor', sign: 1 },
  dispute: { kind: 'disputedMinor', sign: 1 },
  dispute_won: { kind: 'disputedMinor', sign: -1 },
};

/** All that we know to have moved at the provider, event by event, by pages of keys. */
export async function* readOurs(db: Db): AsyncGenerator<Moved> {
  for await (const eventId of eventIds(db)) {
    for (let after = 0; ; ) {
      const rows = await readPage(db, eventId, after);
      for (const row of rows) {
        const is = KINDS[row.kind];
        if (is) yield { eventId, ...row, kind: is.kind, amountMinor: is.sign * row.amountMinor };
      }
      const last = rows.at(-1);
      if (!last || rows.length < TRANSFERS_PAGE) break;
      after = last.seq;
    }
  }
}

async function* eventIds(db: Db): AsyncGenerator<string> {
  for (let after = FIRST; ; ) {
    const rows = await db.query<{ id: string }>(
      'select event_id as id from payments.balances where event_id > $1 group by event_id order by event_id limit $2',
      [after, EVENTS_PAGE],
    );
    for (const { id } of rows) yield id;
    const last = rows.at(-1);
    if (!last || rows.length < EVENTS_PAGE) return;
    after = last.id;
  }
}

function readPage(db: Db, eventId: string, after: number): Promise<Row[]> {
  return db.query<Row>(
    `select seq::float8 as seq, kind, booking_id as "bookingId", amount_minor::float8 as "amountMinor", currency,
       (extract(epoch from at) * 1000)::float8 as "atMs"
     from payments.transfers where event_id = $1 and seq > $2 and (debit = 'provider' or credit = 'provider') order by seq limit $3`,
    [eventId, after, TRANSFERS_PAGE],
  );
}
