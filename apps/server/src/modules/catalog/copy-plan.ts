import type { Pricing, SaleTerms, SaleView, Tier, TicketTypeTerms } from '../sales/index.ts';
import { isInstant } from './instant.ts';
import type { QuestionRecord } from './queries/questions.ts';
import type { TicketTypeWords } from './words.ts';

/** What a duplicate gets of its original, by the original's ids. It is kept with the duplicate until all of it is there. */
export type CopyPlan = {
  ticketTypes: readonly CopiedType[];
  quotas: readonly CopiedQuota[];
  questions: readonly CopiedQuestion[];
  pricing: Pricing | null;
};

export type CopiedType = { id: string; words: TicketTypeWords; capacity: number; terms: TicketTypeTerms };
export type CopiedQuota = { id: string; name: string; capacity: number; ticketTypeIds: readonly string[] };

/** What a duplicate is to ask: kept as JSON, so that times are numbers. It keeps the time of its original, which orders questions. */
export type CopiedQuestion = Omit<QuestionRecord, 'createdAt' | 'archivedAt'> & { createdAtMs: number };

export type Copied = { terms: SaleTerms; plan: CopyPlan };

export type Original = {
  sale: SaleView;
  typeWords: ReadonlyMap<string, TicketTypeWords>;
  quotaNames: ReadonlyMap<string, string>;
  questions: readonly QuestionRecord[];
};

/**
 * The sale of a duplicate that starts `shiftMs` later: a draft with the terms of its original, every window moved with the start,
 * nothing held, sold or set aside. Types that have no words yet are not finished, and not copied. Null where a window would
 * leave the years that a time can have.
 */
export function planCopy({ sale, typeWords, quotaNames, questions }: Original, shiftMs: number): Copied | null {
  const ticketTypes = sale.ticketTypes.flatMap(({ id, capacity, terms }) => {
    const words = typeWords.get(id);
    return words
      ? [{ id, words, capacity, terms: { ...terms, ...shifted(terms, shiftMs), tiers: shiftedTiers(terms.tiers, shiftMs) } }]
      : [];
  });
  const copied = new Set(ticketTypes.map(({ id }) => id));
  const quotas = sale.quotas
    .map(({ id, capacity, ticketTypeIds }) => ({
      ...{ id, capacity, name: quotaNames.get(id) ?? '' },
      ticketTypeIds: ticketTypeIds.filter((each) => copied.has(each)),
    }))
    .filter(({ ticketTypeIds }) => ticketTypeIds.length > 0);
  // Fees and taxes name ticket types, which the copy does not have yet; it is published when somebody says so.
  const plans = { state: 'draft', pricing: null, publishAtMs: null } as const;
  const terms: SaleTerms = { ...sale.terms, ...shifted(sale.terms, shiftMs), ...plans };
  const bounds = [
    ...boundsOf(terms),
    ...ticketTypes.flatMap((type) => [...boundsOf(type.terms), ...type.terms.tiers.map((tier) => tier.endsAtMs)]),
  ];
  return bounds.every((bound) => bound === null || isInstant(bound))
    ? { terms, plan: { ticketTypes, quotas, questions: planQuestions(questions), pricing: sale.terms.pricing } }
    : null;
}

/** Archived ones are asked no more, and not copied. */
function planQuestions(questions: readonly QuestionRecord[]): CopiedQuestion[] {
  return questions
    .filter(({ archivedAt }) => archivedAt === null)
    .map(({ createdAt, archivedAt: _, ...question }) => ({ ...question, createdAtMs: createdAt.getTime() }));
}

type Window = { salesStartMs: number | null; salesEndMs: number | null };

function boundsOf({ salesStartMs, salesEndMs }: Window): (number | null)[] {
  return [salesStartMs, salesEndMs];
}

function shiftedTiers(tiers: readonly Tier[], shiftMs: number): Tier[] {
  return tiers.map((tier) => ({ ...tier, endsAtMs: tier.endsAtMs === null ? null : tier.endsAtMs + shiftMs }));
}

function shifted({ salesStartMs, salesEndMs }: Window, shiftMs: number): Window {
  return {
    salesStartMs: salesStartMs === null ? null : salesStartMs + shiftMs,
    salesEndMs: salesEndMs === null ? null : salesEndMs + shiftMs,
  };
}
