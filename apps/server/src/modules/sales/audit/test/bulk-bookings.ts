import type { Db } from '../../../../platform/db/index.ts';
import type { TestSale } from './sale-writer.ts';

const CHUNK = 5_000;

/** Two tickets of the first type and one of the second for each, a third of them confirmed later; three bookings a buyer. */
export async function writeManyBookings(db: Db, sale: TestSale, count: number): Promise<void> {
  for (let from = 0; from < count; from += CHUNK) await writeChunk(db, sale, { from, to: Math.min(from + CHUNK, count) });
}

const LINES =
  "(values (0, $2::uuid, 2), (1, $3::uuid, 1)) as l (n, type, quantity), lateral (select md5($1 || 'booking' || b)::uuid as id) i";

async function writeChunk(db: Db, sale: TestSale, chunk: { from: number; to: number }): Promise<void> {
  const { eventId, ticketTypeIds, quotaId } = sale;
  const [first = '', second = ''] = ticketTypeIds;
  const count = chunk.to - chunk.from;
  const confirmed = Math.ceil(chunk.to / 3) - Math.ceil(chunk.from / 3);
  await db.transaction(async (tx) => {
    const add = count * 2 + confirmed * 2;
    const head = 'update sales.heads set ledger_seq = ledger_seq + $2 where event_id = $1 returning (ledger_seq - $2)::float8 as seq';
    const seq = (await tx.query<{ seq: number }>(head, [eventId, add]))[0]!.seq;
    const series = `generate_series(${chunk.from}, ${chunk.to - 1}) as b`;
    const state = (at: string) => `case when b % 3 = 0 then ${at} end`;
    // Holds come first, two entries each; then the confirmations, in the same order.
    const heldSeq = `${seq} + (b - ${chunk.from}) * 2 + 1`;
    const soldSeq = `${seq} + ${count * 2} + (b / 3 - ${Math.ceil(chunk.from / 3)}) * 2 + 1`;
    await tx.query(
      `insert into sales.bookings (event_id, id, buyer_key, fingerprint, state, quantity, total_minor, currency, held_at, expires_at, ledger_seq,
         line_ticket_type_ids, line_quantities, line_unit_prices_minor)
       select $1::text::uuid, md5($1 || 'booking' || b)::uuid, md5($1 || 'buyer' || b / 3)::uuid, $1::text::uuid,
         coalesce(${state("'confirmed'")}, 'held'), 3, 0, 'EUR', now(), now() + interval '1 hour', coalesce(${state(`${soldSeq} + 1`)}, ${heldSeq} + 1),
         array[$2, $3]::uuid[], array[2, 1], array[0, 0]
       from ${series}`,
      [eventId, first, second],
    );
    const ledger = (kind: string, at: string, held: string, sold: string, where: string) =>
      `insert into sales.ledger select $1::text::uuid, ${at} + l.n, now(), '${kind}', i.id, l.type, null, ${held}, ${sold}, 0, 0 from ${series}, ${LINES} ${where}`;
    await tx.query(ledger('hold', heldSeq, 'l.quantity', '0', ''), [eventId, first, second]);
    await tx.query(ledger('confirm', soldSeq, '-l.quantity', 'l.quantity', 'where b % 3 = 0'), [eventId, first, second]);
    await tx.query(
      `insert into sales.buyer_totals as t select $1::text::uuid, md5($1 || 'buyer' || b / 3)::uuid, l.type, sum(l.quantity) from ${series}, ${LINES}
       group by 2, 3 on conflict (event_id, buyer_key, ticket_type_id) do update set quantity = t.quantity + excluded.quantity`,
      [eventId, first, second],
    );
    const counters = (table: string) => `update sales.${table} set held = held + $3, sold = sold + $4 where event_id = $1 and id = $2`;
    const held = count - confirmed;
    await tx.query(counters('ticket_types'), [eventId, first, held * 2, confirmed * 2]);
    await tx.query(counters('ticket_types'), [eventId, second, held, confirmed]);
    await tx.query(counters('quotas'), [eventId, quotaId, held * 3, confirmed * 3]);
  });
}
