import type { SaleTerms, SaleView, TicketTypeTerms } from '../sales/index.ts';
import { isInstant } from './instant.ts';
import type { TicketTypeWords } from './words.ts';

/** What a duplicate gets of its original, by the original's ids. It is kept with the duplicate until all of it is there. */
export type CopyPlan = { ticketTypes: readonly CopiedType[]; quotas: readonly CopiedQuota[] };

export type CopiedType = { id: string; words: TicketTypeWords; capacity: number; terms: TicketTypeTerms };
export type CopiedQuota = { id: string; name: string; capacity: number; ticketTypeIds: readonly string[] };

export type Copied = { terms: SaleTerms; plan: CopyPlan };

export type Original = {
  sale: SaleView;
  typeWords: ReadonlyMap<string, TicketTypeWords>;
  quotaNames: ReadonlyMap<string, string>;
};

/**
 * The sale of a duplicate that starts `shiftMs` later: a draft with the terms of its original, every window moved with the start,
 * nothing held, sold or set aside. Types that have no words yet are not finished, and not copied. Null where a window would
 * leave the years that a time can have.
 */
export function planCopy({ sale, typeWords, quotaNames }: Original, shiftMs: number): Copied | null {
  const ticketTypes = sale.ticketTypes.flatMap(({ id, capacity, terms }) => {
    const words = typeWords.get(id);
    return words ? [{ id, words, capacity, terms: { ...terms, ...shifted(terms, shiftMs) } }] : [];
  });
  const copied = new Set(ticketTypes.map(({ id }) => id));
  const quotas = sale.quotas
    .map(({ id, capacity, ticketTypeIds }) => ({
      ...{ id, capacity, name: quotaNames.get(id) ?? '' },
      ticketTypeIds: ticketTypeIds.filter((each) => copied.has(each)),
    }))
    .filter(({ ticketTypeIds }) => ticketTypeIds.length > 0);
  const terms: SaleTerms = { ...sale.terms, ...shifted(sale.terms, shiftMs), state: 'draft' };
  const bounds = [terms, ...ticketTypes.map((type) => type.terms)].flatMap(({ salesStartMs, salesEndMs }) => [salesStartMs, salesEndMs]);
  return bounds.every((bound) => bound === null || isInstant(bound)) ? { terms, plan: { ticketTypes, quotas } } : null;
}

type Window = { salesStartMs: number | null; salesEndMs: number | null };

function shifted({ salesStartMs, salesEndMs }: Window, shiftMs: number): Window {
  return {
    salesStartMs: salesStartMs === null ? null : salesStartMs + shiftMs,
    salesEndMs: salesEndMs === null ? null : salesEndMs + shiftMs,
  };
}
