import type { Line } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { leftIn, type Quota, type TicketType } from './state.ts';

/**
 * Why the lines do not fit into what is left, or null if they do: free places, and those that holders offer. What a quota must give is summed over
 * all the lines under it before it is compared: two lines that fit alone may not fit together. An offered place has its quotas already.
 */
export function findShortage(draft: Draft, lines: readonly Line[]): Refusal | null {
  return findMissing(draft, lines, (ticketType) => spareOf(draft, ticketType));
}

/** The same for what needs free places: nobody's ticket is set aside. */
export function findFreeShortage(draft: Draft, lines: readonly Line[]): Refusal | null {
  return findMissing(draft, lines, () => 0);
}

/** Offered places that no hold waits for; none where the organizer does not have them sold. */
export function spareOf({ terms }: Pick<Draft, 'terms'>, { offered, taken }: TicketType): number {
  return terms.resale ? offered - taken : 0;
}

function findMissing(draft: Draft, lines: readonly Line[], spareIn: (ticketType: TicketType) => number): Refusal | null {
  const neededOf = new Map<Quota, number>();
  for (const { ticketTypeId, quantity } of lines) {
    const ticketType = draft.ticketTypes.get(ticketTypeId);
    if (!ticketType) return { kind: 'unknown_ticket_type', ticketTypeId };
    const spare = spareIn(ticketType);
    const needed = Math.max(0, quantity - spare);
    const quotas = draft.quotasOf.get(ticketTypeId) ?? [];
    for (const quota of quotas) neededOf.set(quota, (neededOf.get(quota) ?? 0) + needed);
    const missesType = needed > leftIn(ticketType);
    const missesQuota = needed > 0 && quotas.some((quota) => (neededOf.get(quota) ?? 0) > leftIn(quota));
    if (missesType || missesQuota) return { kind: 'sold_out', ticketTypeId, left: freeFor(draft, ticketTypeId) + spare };
  }
  return null;
}

/** How many free places of a type could still be given: the least that the type and its quotas have left. */
function freeFor(draft: Draft, ticketTypeId: string): number {
  const stocks = [draft.ticketTypes.get(ticketTypeId), ...(draft.quotasOf.get(ticketTypeId) ?? [])];
  return Math.min(...stocks.map((stock) => (stock ? leftIn(stock) : 0)));
}
