import type { Line } from '../commands.ts';
import type { Draft } from './draft.ts';
import { spareOf } from './fit.ts';
import { leftIn, type Quota, type TicketType } from './state.ts';

/** By ticket type: how many of some tickets are offered places. */
export type Taken = Map<string, number>;

type Lines = readonly Pick<Line, 'ticketTypeId' | 'quantity'>[];

/**
 * How many of some lines that fit must be offered places, or null for none: what is free goes first. Lines share quotas, so each is first given the
 * free places that it cannot do without, and then, in their order, what is left of these.
 */
export function planTaken(draft: Draft, lines: Lines): Taken | null {
  if (!hasOffers(draft, lines)) return null;
  const quantities = sumByType(lines);
  const used = new Map<TicketType | Quota, number>();
  const wanted: Taken = new Map();
  for (const [id, quantity] of quantities) wanted.set(id, quantity - useFree(draft, used, id, quantity - spareOfType(draft, id)));
  for (const [id, quantity] of wanted) wanted.set(id, quantity - useFree(draft, used, id, quantity));
  return wanted;
}

function spareOfType(draft: Draft, id: string): number {
  const ticketType = draft.ticketTypes.get(id);
  return ticketType ? spareOf(draft, ticketType) : 0;
}

/** Uses as many free places of a type as there are beside those used, at most `quantity`. */
function useFree(draft: Draft, used: Map<TicketType | Quota, number>, id: string, quantity: number): number {
  const ticketType = draft.ticketTypes.get(id);
  if (!ticketType || quantity <= 0) return 0;
  const stocks = [ticketType, ...(draft.quotasOf.get(id) ?? [])];
  const free = Math.min(quantity, ...stocks.map((stock) => leftIn(stock) - (used.get(stock) ?? 0)));
  for (const stock of stocks) used.set(stock, (used.get(stock) ?? 0) + free);
  return free;
}

/** Takes what is planned for a type out of the plan, at most `quantity`: a type may stand in several lines. */
export function takeFrom(wanted: Taken, ticketTypeId: string, quantity: number): number {
  const planned = wanted.get(ticketTypeId) ?? 0;
  const taken = Math.min(planned, quantity);
  if (taken > 0) wanted.set(ticketTypeId, planned - taken);
  return taken;
}

/**
 * How many of a hold's tickets get offered places when it is confirmed: those for which nothing else is held. So free places are sold
 * before what holders offer, whichever hold is paid first. Null for none.
 */
export function takenByConfirm(draft: Draft, lines: Lines): Taken | null {
  return eachType(draft, lines, (quantity, { held }) => Math.max(0, quantity - held));
}

/** How many of a hold's tickets were waiting for offered places when it is given back: as many as any hold does. */
export function takenByRelease(draft: Draft, lines: Lines): Taken | null {
  return eachType(draft, lines, (quantity, { taken }) => Math.min(quantity, taken));
}

function eachType(draft: Draft, lines: Lines, count: (quantity: number, ticketType: TicketType) => number): Taken | null {
  if (!hasOffers(draft, lines)) return null;
  const wanted: Taken = new Map();
  for (const [id, quantity] of sumByType(lines)) {
    const ticketType = draft.ticketTypes.get(id);
    if (ticketType) wanted.set(id, count(quantity, ticketType));
  }
  return wanted;
}

function hasOffers({ ticketTypes }: Draft, lines: Lines): boolean {
  return lines.some(({ ticketTypeId }) => {
    const ticketType = ticketTypes.get(ticketTypeId);
    // While offers are being sold there are more holds that wait for some than there are.
    return ticketType !== undefined && (ticketType.offered > 0 || ticketType.taken > 0);
  });
}

/** Tickets of one type stand in several lines where a tier ended within them. */
function sumByType(lines: Lines): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const { ticketTypeId, quantity } of lines) quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity);
  return quantities;
}
