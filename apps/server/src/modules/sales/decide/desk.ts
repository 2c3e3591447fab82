import type { Desk, Line, PlaceCommand } from '../commands.ts';
import { EVENT_STATES } from '../event-states.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';
import { findShortage } from './fit.ts';
import { priceBasket, type PricedBasket } from './price-basket.ts';

/** What a basket costs at the organizer's desk, or why it cannot be sold there: a draft or a cancelled event, or no stock. */
export function offerAtDesk(draft: Draft, { lines }: Pick<PlaceCommand, 'lines'>, desk: Desk): PricedBasket | Refusal {
  const { state } = draft.terms;
  if (!EVENT_STATES[state].isAtDesk) return { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
  const refusal = desk.fromSetAside ? findSetAsideShortage(draft, lines) : findShortage(draft, lines);
  if (refusal) return refusal;
  return desk.tender === 'none' ? giveAway(lines) : priceBasket(draft, lines, null);
}

function findSetAsideShortage(draft: Draft, lines: readonly Line[]): Refusal | null {
  for (const { ticketTypeId, quantity } of lines) {
    const ticketType = draft.ticketTypes.get(ticketTypeId);
    if (!ticketType) return { kind: 'unknown_ticket_type', ticketTypeId };
    if (quantity > ticketType.setAside) return { kind: 'set_aside_too_low', possible: ticketType.setAside };
  }
  return null;
}

function giveAway(lines: readonly Line[]): PricedBasket {
  const free = lines.map(({ ticketTypeId, quantity }) => ({ ticketTypeId, quantity, unitPriceMinor: 0 }));
  return { kind: 'priced', lines: free, extraMinor: 0, totalMinor: 0, charges: null };
}
