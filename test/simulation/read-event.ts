import type { SaleTerms, TicketTypeTerms } from '../../apps/server/src/modules/sales/commands.ts';
import { parseHead, parseQuotas, parseTicketTypes } from '../../apps/server/src/modules/sales/lane/parse-rows.ts';
import { READ_SALES_TEXT } from '../../apps/server/src/modules/sales/lane/read-statements.ts';
import type { Queryable } from '../../apps/server/src/platform/db/index.ts';

/** A fact as it stands in the outbox. */
export type StoredFact = { seq: number; atMs: number; type: string; subjectId: string; payload: Record<string, unknown> };

export type StoredStock = { capacity: number; held: number; sold: number; setAside: number };

/** An event as the database has it at one moment: the facts after `afterSeq`, and where they have led. */
export type StoredEvent = {
  facts: StoredFact[];
  terms: SaleTerms;
  types: Map<string, StoredStock & { terms: TicketTypeTerms }>;
  quotas: Map<string, StoredStock & { ticketTypeIds: readonly string[] }>;
  /** code → bookings that are held or confirmed with it. */
  promos: Map<string, number>;
};

const READ_FACTS_TEXT = `select json_agg(json_build_array(seq, (extract(epoch from at) * 1000)::float8, type, subject_id, payload) order by seq)
  from facts.facts where event_id = any($1::uuid[]) and seq > $2`;

const READ_PROMOS_TEXT = 'select json_agg(json_build_array(code, used)) from sales.promo_codes where event_id = any($1::uuid[])';

/** Facts and counters come in one statement, and so from one snapshot: a sweeper may write at any time. */
const READ_EVENT_TEXT = `select (${READ_FACTS_TEXT}), (${READ_PROMOS_TEXT}), s.* from (${READ_SALES_TEXT}) s`;

export async function readEvent(db: Queryable, eventId: string, afterSeq: number): Promise<StoredEvent> {
  const [row = []] = await db.queryRows(READ_EVENT_TEXT, [[eventId], afterSeq]);
  const [facts, promos, , , , types, quotas, ...head] = row;
  return {
    facts: rowsOf(facts).map(parseFact),
    terms: parseHead(head).head.terms,
    types: parseTicketTypes(rowsOf(types)),
    quotas: parseQuotas(rowsOf(quotas)),
    promos: new Map(rowsOf(promos).map(([code, used]) => [String(code), Number(used)])),
  };
}

function rowsOf(rows: unknown): unknown[][] {
  return Array.isArray(rows) ? rows : [];
}

function parseFact([seq, atMs, type, subjectId, payload]: unknown[]): StoredFact {
  return {
    seq: Number(seq),
    atMs: Math.round(Number(atMs)),
    type: String(type),
    subjectId: String(subjectId),
    payload: payload as Record<string, unknown>,
  };
}
