import type { SaleTerms } from './commands.ts';
import type { Sales } from './context.ts';
import { spareOf } from './decide/fit.ts';
import { leftIn, type Quota, type TicketType } from './decide/state.ts';
import { parseHead, parseQuotas, parseTicketTypes } from './lane/parse-rows.ts';
import { READ_SALES_TEXT } from './lane/read-statements.ts';

export type TicketTypeView = TicketType & {
  /** Tickets that can still be placed: the least that the type and its quotas have left, and what holders offer. */
  left: number;
};
export type QuotaView = Quota & { left: number };

/** What an event sells, as it stands at `nowMs`. The versions rise with every edit and with every batch. */
export type SaleView = {
  eventId: string;
  currency: string;
  terms: SaleTerms;
  nowMs: number;
  contentVersion: number;
  availabilityVersion: number;
  ticketTypes: TicketTypeView[];
  quotas: QuotaView[];
};

export async function readSale(sales: Sales, eventId: string): Promise<SaleView | null> {
  return (await readSales(sales, [eventId])).get(eventId) ?? null;
}

/** Reads the sales of some events, in one statement and thereby one snapshot. Events without a sale are left out. */
export async function readSales(sales: Sales, eventIds: readonly string[]): Promise<Map<string, SaleView>> {
  const rows = await sales.db.queryRows(READ_SALES_TEXT, [eventIds]);
  return new Map(rows.map((row) => [String(row[0]), toView(row)]));
}

function toView([eventId, contentVersion, availabilityVersion, ticketTypeRows, quotaRows, ...headRow]: readonly unknown[]): SaleView {
  const { head, nowMs } = parseHead(headRow);
  const ticketTypes = [...parseTicketTypes(parseRows(ticketTypeRows)).values()];
  const quotas = [...parseQuotas(parseRows(quotaRows)).values()];
  return {
    eventId: String(eventId),
    currency: head.currency,
    terms: head.terms,
    nowMs,
    contentVersion: Number(contentVersion),
    availabilityVersion: Number(availabilityVersion),
    ticketTypes: ticketTypes.map((type) => ({ ...type, left: leftOf(type, quotas) + spareOf(head, type) })).sort(byPosition),
    quotas: quotas.map((quota) => ({ ...quota, left: leftIn(quota) })),
  };
}

function leftOf(ticketType: TicketType, quotas: readonly Quota[]): number {
  const shared = quotas.filter((quota) => quota.ticketTypeIds.includes(ticketType.id));
  return Math.min(leftIn(ticketType), ...shared.map(leftIn));
}

function byPosition(a: TicketType, b: TicketType): number {
  return a.terms.position - b.terms.position || (a.id < b.id ? -1 : 1);
}

/** Rows as JSON arrays; null where there are none. */
function parseRows(rows: unknown): unknown[][] {
  return Array.isArray(rows) ? rows : [];
}
