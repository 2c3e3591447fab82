import { EVENT_STATES, isPublic } from '../event-states.ts';
import type { Line, PlaceCommand } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import { buyerTotal, buyerTotalOfEvent, type Draft } from './draft.ts';
import type { TicketType } from './state.ts';

/** Why nothing can be placed now: states, sales windows and access codes, of the event and of each ticket type. */
export function findClosed(draft: Draft, { lines, accessCode }: Pick<PlaceCommand, 'lines' | 'accessCode'>): Refusal | null {
  const { terms, nowMs } = draft;
  if (!isPublic(terms.state)) return { kind: 'unknown_event' };
  // What a code hides is as unknown to who lacks it as what does not exist, whatever else would be refused.
  for (const { ticketTypeId } of lines) {
    if (!isShown(draft.ticketTypes.get(ticketTypeId), accessCode)) return { kind: 'unknown_ticket_type', ticketTypeId };
  }
  if (!EVENT_STATES[terms.state].isSelling) return notOnSale('event_state', null);
  const closed = outsideWindow(terms, nowMs, null);
  if (closed) return closed;
  for (const { ticketTypeId } of lines) {
    const ticketType = draft.ticketTypes.get(ticketTypeId);
    if (!ticketType) continue;
    if (ticketType.terms.state === 'paused') return notOnSale('ticket_type_paused', ticketTypeId);
    const typeClosed = outsideWindow(ticketType.terms, nowMs, ticketTypeId);
    if (typeClosed) return typeClosed;
  }
  return null;
}

function isShown(ticketType: TicketType | undefined, accessCode: string | null): boolean {
  if (!ticketType) return false;
  return ticketType.terms.accessCode === null || ticketType.terms.accessCode === accessCode;
}

type Window = { salesStartMs: number | null; salesEndMs: number | null };

function outsideWindow(window: Window, nowMs: number, ticketTypeId: string | null): Refusal | null {
  if (window.salesStartMs !== null && nowMs < window.salesStartMs) {
    return { kind: 'not_on_sale', reason: 'not_started', ticketTypeId, opensInMs: window.salesStartMs - nowMs };
  }
  if (window.salesEndMs !== null && nowMs >= window.salesEndMs) return notOnSale('ended', ticketTypeId);
  return null;
}

function notOnSale(reason: 'event_state' | 'ticket_type_paused' | 'ended', ticketTypeId: string | null): Refusal {
  return { kind: 'not_on_sale', reason, ticketTypeId, opensInMs: null };
}

/** The limit of one booking that the lines break, or null. */
export function findBasketLimit(draft: Draft, lines: readonly Line[]): Refusal | null {
  let quantity = 0;
  for (const line of lines) {
    const terms = draft.ticketTypes.get(line.ticketTypeId)?.terms;
    if (!terms) continue;
    if (line.quantity < terms.bookingMin) return limit('booking_min', line.ticketTypeId, terms.bookingMin);
    if (line.quantity > terms.bookingMax) return limit('booking_max', line.ticketTypeId, terms.bookingMax);
    quantity += line.quantity;
  }
  return quantity > draft.terms.bookingMax ? limit('event_booking_max', null, draft.terms.bookingMax) : null;
}

/** The limit of one buyer that the lines would break with what the buyer has already, or null. */
export function findBuyerLimit(draft: Draft, buyerKey: string, lines: readonly Line[]): Refusal | null {
  let quantity = 0;
  for (const line of lines) {
    quantity += line.quantity;
    const max = draft.ticketTypes.get(line.ticketTypeId)?.terms.buyerMax ?? null;
    if (max === null) continue;
    const total = buyerTotal(draft, buyerKey, line.ticketTypeId);
    if (total + line.quantity > max) return limit('buyer_max', line.ticketTypeId, Math.max(0, max - total));
  }
  const max = draft.terms.buyerMax;
  if (max === null) return null;
  const total = buyerTotalOfEvent(draft, buyerKey);
  return total + quantity > max ? limit('event_buyer_max', null, Math.max(0, max - total)) : null;
}

function limit(name: Extract<Refusal, { kind: 'limit' }>['limit'], ticketTypeId: string | null, allowed: number): Refusal {
  return { kind: 'limit', limit: name, ticketTypeId, allowed };
}
