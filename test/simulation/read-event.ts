import type { SaleTerms, TicketTypeTerms } from '../../apps/server/src/modules/sales/commands.ts';
import { parseMoney, READ_MONEY_TEXT, type StoredMoney } from './read-money.ts';
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
  /** Null where it was not asked for. */
  money: StoredMoney | null;
};

const READ_FACTS_TEXT = `select json_agg(json_build_array(seq, (extract(epoch from at) * 1000)::float8, type, subject_id, payload) order by seq)
  from facts.facts where event_id = any($1::uuid[]) and seq > $2`;

const READ_PROMOS_TEXT = 'select json_agg(json_build_array(code, used)) from sales.promo_codes where event_id = any($1::uuid[])';

/** Facts and counters come in one statement, and so from one snapshot: a sweeper may write at any time. */
const readEventText = (withMoney: boolean): string =>
  `select (${READ_FACTS_TEXT}), (${READ_PROMOS_TEXT}), ${withMoney ? `(${READ_MONEY_TEXT})` : 'null'}, s.* from (${READ_SALES_TEXT}) s`;

type Asked = { eventId: string; afterSeq: number; withMoney: boolean };

export async function readEvent(db: Queryable, { eventId, afterSeq, withMoney }: Asked): Promise<StoredEvent> {
  const [row = []] = await db.queryRows(readEventText(withMoney), [[eventId], afterSeq]);
  const [facts, promos, money, , , , types, quotas, ...head] = row;
  return {
    facts: rowsOf(facts).map(parseFact),
    terms: parseHead(head).head.terms,
    types: parseTicketTypes(rowsOf(types)),
    quotas: parseQuotas(rowsOf(quotas)),
    promos: new Map(rowsOf(promos).map(([code, used]) => [String(code), Number(used)])),
    money: parseMoney(money),
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
