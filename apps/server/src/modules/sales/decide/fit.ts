import type { Line } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { leftIn, type Quota } from './state.ts';

/**
 * Why the lines do not fit into what is left, or null if they do. What a quota must give is summed over all the lines
 * under it before it is compared: two lines that fit alone may not fit together.
 */
export function findShortage(draft: Draft, lines: readonly Line[]): Refusal | null {
  const neededOf = new Map<Quota, number>();
  for (const { ticketTypeId, quantity } of lines) {
    const ticketType = draft.ticketTypes.get(ticketTypeId);
    if (!ticketType) return { kind: 'unknown_ticket_type', ticketTypeId };
    const quotas = draft.quotasOf.get(ticketTypeId) ?? [];
    for (const quota of quotas) neededOf.set(quota, (neededOf.get(quota) ?? 0) + quantity);
    const missesType = quantity > leftIn(ticketType);
    const missesQuota = quotas.some((quota) => (neededOf.get(quota) ?? 0) > leftIn(quota));
    if (missesType || missesQuota) return { kind: 'sold_out', ticketTypeId, left: leftFor(draft, ticketTypeId) };
  }
  return null;
}

/** How many tickets of a type could still be placed: the least that the type and its quotas have left. */
function leftFor(draft: Draft, ticketTypeId: string): number {
  const stocks = [draft.ticketTypes.get(ticketTypeId), ...(draft.quotasOf.get(ticketTypeId) ?? [])];
  return Math.min(...stocks.map((stock) => (stock ? leftIn(stock) : 0)));
}
