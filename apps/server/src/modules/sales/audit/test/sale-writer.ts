import { stockOf } from '../../booking-states.ts';
import { invariant } from '../../../../platform/invariant.ts';
import { bigintArray, integerArray, textArray, uuidArray, type Db, type Tx } from '../../../../platform/db/index.ts';
import { changeBetween, moveOf } from '../ledger-moves.ts';

/** A writer of stock for tests of the audit: it keeps the lane's rules, one transaction under the head's lock, and knows no limits. */
export type TestSale = { eventId: string; ticketTypeIds: string[]; quotaId: string };

export type TestLine = { ticketTypeId: string; quantity: number };
export type TestAction =
  | { kind: 'hold' | 'sell'; bookingId: string; buyerKey: string; lines: TestLine[]; promoCode?: string | null }
  | { kind: 'confirm' | 'release' | 'expire' | 'cancel' | 'reclaim'; bookingId: string }
  | { kind: 'set_aside'; ticketTypeId: string; quantity: number };

/** The codes that every such sale has: those that count the uses of each buyer, and those that do not. */
export const CODES = Array.from({ length: 50 }, (_, index) => `${index % 2 === 0 ? 'EACH' : 'OPEN'}-${index}`);
const PRICE_MINOR = 100;
const EXTRA_MINOR = 7;

type Entry = {
  kind: string;
  bookingId: string | null;
  ticketTypeId: string | null;
  quotaId: string | null;
  held: number;
  sold: number;
  setAside: number;
  capacity: number;
};

/** An event with some ticket types of `capacity` each and one quota over the first two. */
export async function createTestSale(db: Db, sale: TestSale, capacity: number): Promise<void> {
  await db.transaction(async (tx) => {
    const head =
      "insert into sales.heads (event_id, state, currency, hold_length_ms, booking_max) values ($1, 'on_sale', 'EUR', 60000, 100)";
    await tx.query(head, [sale.eventId]);
    const type = `insert into sales.ticket_types (event_id, id, state, position, price_minor, capacity, booking_min, booking_max)
      values ($1, $2, 'on_sale', $3, 0, 0, 1, 100)`;
    for (const [index, id] of sale.ticketTypeIds.entries()) await tx.query(type, [sale.eventId, id, index]);
    await tx.query('insert into sales.quotas (event_id, id, capacity) values ($1, $2, 0)', [sale.eventId, sale.quotaId]);
    const member = 'insert into sales.quota_ticket_types (event_id, quota_id, ticket_type_id) values ($1, $2, $3)';
    for (const id of sale.ticketTypeIds.slice(0, 2)) await tx.query(member, [sale.eventId, sale.quotaId, id]);
    const code = `insert into sales.promo_codes (event_id, code, state, kind, value, buyer_uses_max)
      select $1, code, 'active', 'amount', 1, case when code like 'EACH%' then 1000 end from unnest($2::text[]) as c (code)`;
    await tx.query(code, [sale.eventId, CODES]);
    const none = { kind: 'capacity', bookingId: null, ticketTypeId: null, quotaId: null, held: 0, sold: 0, setAside: 0 };
    const entries: Entry[] = sale.ticketTypeIds.map((ticketTypeId) => ({ ...none, ticketTypeId, capacity }));
    await writeEntries(tx, sale, [...entries, { ...none, quotaId: sale.quotaId, capacity: capacity * 2 }]);
  });
}

/** Executes all actions in one transaction. */
export async function writeActions(db: Db, sale: TestSale, actions: readonly TestAction[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('select from sales.heads where event_id = $1 for no key update', [sale.eventId]);
    for (const action of actions) await writeAction(tx, sale, action);
  });
}

async function writeAction(tx: Tx, sale: TestSale, action: TestAction): Promise<void> {
  if (action.kind === 'set_aside') {
    const { kind, ticketTypeId, quantity } = action;
    const entry = { kind, bookingId: null, ticketTypeId, quotaId: null, held: 0, sold: 0, setAside: quantity, capacity: 0 };
    await writeEntries(tx, sale, [entry]);
    return;
  }
  const move = moveOf(action.kind);
  invariant(move, 'a move of a booking');
  if ('lines' in action) await insertBooking(tx, sale, action);
  const { bookingId, kind } = action;
  const lines = await tx.query<TestLine>(
    'select ticket_type_id as "ticketTypeId", quantity from sales.booking_lines where event_id = $1 and booking_id = $2',
    [sale.eventId, bookingId],
  );
  const entries = lines.map(({ ticketTypeId, quantity }) => ({
    ...{ kind, bookingId, ticketTypeId, quotaId: null, setAside: 0, capacity: 0 },
    ...changeBetween(move.from, move.to, quantity),
  }));
  const ledgerSeq = await writeEntries(tx, sale, entries);
  const rows = await tx.query<{ buyerKey: string; promoCode: string | null }>(
    `update sales.bookings set state = $3, ledger_seq = $4 where event_id = $1 and id = $2
     returning buyer_key as "buyerKey", promo_code as "promoCode"`,
    [sale.eventId, bookingId, move.to, ledgerSeq],
  );
  const [{ buyerKey, promoCode } = { buyerKey: '', promoCode: null }] = rows;
  for (const entry of entries) await addToBuyer(tx, sale, buyerKey, { ...entry, quantity: entry.held + entry.sold });
  const uses = Number(stockOf(move.to) !== null) - Number(move.from !== null && stockOf(move.from) !== null);
  if (promoCode !== null && uses !== 0) await addUse(tx, sale, { buyerKey, promoCode, uses });
}

async function addUse(tx: Tx, { eventId }: TestSale, use: { buyerKey: string; promoCode: string; uses: number }): Promise<void> {
  await tx.query('update sales.promo_codes set used = used + $3 where event_id = $1 and code = $2', [eventId, use.promoCode, use.uses]);
  if (!use.promoCode.startsWith('EACH')) return;
  await tx.query(
    `insert into sales.promo_uses as u (event_id, buyer_key, code, uses) values ($1, $2, $3, greatest($4::integer, 0))
     on conflict (event_id, buyer_key, code) do update set uses = u.uses + $4::integer`,
    [eventId, use.buyerKey, use.promoCode, use.uses],
  );
}

async function insertBooking(tx: Tx, sale: TestSale, action: Extract<TestAction, { lines: TestLine[] }>): Promise<void> {
  const quantity = action.lines.reduce((sum, line) => sum + line.quantity, 0);
  await tx.query(
    `insert into sales.bookings (event_id, id, buyer_key, fingerprint, state, quantity, total_minor, currency, held_at, expires_at, ledger_seq,
       line_ticket_type_ids, line_quantities, line_unit_prices_minor, extra_minor, promo_code)
     values ($1, $2, $3, $2, 'held', $4, $8, 'EUR', now(), now() + interval '1 hour', 0, $5, $6, $7, $9, $10)`,
    [
      sale.eventId,
      action.bookingId,
      action.buyerKey,
      quantity,
      uuidArray(action.lines.map((line) => line.ticketTypeId)),
      integerArray(action.lines.map((line) => line.quantity)),
      bigintArray(action.lines.map(() => PRICE_MINOR)),
      quantity * PRICE_MINOR + EXTRA_MINOR,
      EXTRA_MINOR,
      action.promoCode ?? null,
    ],
  );
}

/** Counters by deltas, one ledger row per change, the head's number; answers the last number. */
async function writeEntries(tx: Tx, sale: TestSale, entries: readonly Entry[]): Promise<number> {
  for (const entry of entries) {
    const delta = [entry.capacity, entry.held, entry.sold, entry.setAside];
    const set =
      'set capacity = capacity + $3, held = held + $4, sold = sold + $5, set_aside = set_aside + $6 where event_id = $1 and id = $2';
    if (entry.quotaId) await tx.query(`update sales.quotas ${set}`, [sale.eventId, entry.quotaId, ...delta]);
    if (!entry.ticketTypeId) continue;
    await tx.query(`update sales.ticket_types ${set}`, [sale.eventId, entry.ticketTypeId, ...delta]);
    if (sale.ticketTypeIds.indexOf(entry.ticketTypeId) < 2) {
      await tx.query(`update sales.quotas ${set}`, [sale.eventId, sale.quotaId, 0, ...delta.slice(1)]);
    }
  }
  const heads = await tx.query<{ seq: number }>(
    'update sales.heads set ledger_seq = ledger_seq + $2 where event_id = $1 returning ledger_seq::float8 as seq',
    [sale.eventId, entries.length],
  );
  const last = heads[0]!.seq;
  await tx.query(
    `insert into sales.ledger
       (event_id, seq, at, kind, booking_id, ticket_type_id, quota_id, held_delta, sold_delta, set_aside_delta, capacity_delta)
     select $1, $2 + e.n, now(), e.kind, e.booking_id, e.ticket_type_id, e.quota_id, e.held, e.sold, e.set_aside, e.capacity
     from unnest($3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::integer[], $8::integer[], $9::integer[], $10::integer[])
       with ordinality as e (kind, booking_id, ticket_type_id, quota_id, held, sold, set_aside, capacity, n)`,
    [
      sale.eventId,
      last - entries.length,
      textArray(entries.map((entry) => entry.kind)),
      uuidArray(entries.map((entry) => entry.bookingId)),
      uuidArray(entries.map((entry) => entry.ticketTypeId)),
      uuidArray(entries.map((entry) => entry.quotaId)),
      integerArray(entries.map((entry) => entry.held)),
      integerArray(entries.map((entry) => entry.sold)),
      integerArray(entries.map((entry) => entry.setAside)),
      integerArray(entries.map((entry) => entry.capacity)),
    ],
  );
  return last;
}

async function addToBuyer(tx: Tx, sale: TestSale, buyerKey: string, line: { ticketTypeId: string; quantity: number }): Promise<void> {
  await tx.query(
    `insert into sales.buyer_totals as t (event_id, buyer_key, ticket_type_id, quantity) values ($1, $2, $3, greatest($4::integer, 0))
     on conflict (event_id, buyer_key, ticket_type_id) do update set quantity = t.quantity + $4::integer`,
    [sale.eventId, buyerKey, line.ticketTypeId, line.quantity],
  );
}
