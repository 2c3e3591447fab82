import type { Desk, PlaceCommand } from '../../apps/server/src/modules/sales/commands.ts';
import { EVENT_STATES } from '../../apps/server/src/modules/sales/event-states.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import { objectToEnd } from './objections-reclaim.ts';
import { type Model, totalOf } from './model.ts';
import { objectToPromo } from './objections-promo.ts';
import { objectToOwner, objectToStock, sum } from './objections-stock.ts';
import { extrasOf, priceLines } from './price-lines.ts';

/** What speaks against a basket; nothing against a repeat. */
export function objectToPlace(model: Model, command: PlaceCommand): Refusal[] {
  const known = model.bookings.get(command.bookingId);
  if (known) return known.buyerKey === command.buyerKey && known.fingerprint === command.fingerprint ? [] : [{ kind: 'key_reused' }];
  if (command.desk) return objectToDesk(model, command, command.desk);
  return [
    ...objectToTime(model, command),
    ...objectToBasket(model, command),
    ...objectToOwner(model, command.buyerKey, command.lines),
    ...objectToStock(model, command.lines),
    ...objectToPrice(model, command),
  ];
}

/** A desk knows no windows and no limits, only what there is. */
function objectToDesk(model: Model, { lines }: PlaceCommand, { fromSetAside }: Desk): Refusal[] {
  const found: Refusal[] = objectToEnd(model);
  if (model.terms.state === 'draft') found.push(notOnSale('event_state', null));
  if (!fromSetAside) return [...found, ...objectToStock(model, lines)];
  for (const { ticketTypeId, quantity } of lines) {
    const possible = model.types.get(ticketTypeId)?.setAside ?? 0;
    if (quantity > possible) found.push({ kind: 'set_aside_too_low', possible });
  }
  return found;
}

function objectToPrice(model: Model, command: PlaceCommand): Refusal[] {
  const { lines, promoCode, expectedTotalMinor, confirm } = command;
  const priced = priceLines(model, lines, promoCode);
  const { feesMinor, taxesMinor } = extrasOf(model, priced);
  const totalMinor = totalOf(priced) + feesMinor + taxesMinor;
  const found = objectToPromo(model, command, priced);
  if (expectedTotalMinor !== null && expectedTotalMinor !== totalMinor) found.push({ kind: 'price_changed', totalMinor });
  if (confirm && totalMinor > 0) found.push({ kind: 'payment_required', totalMinor });
  return found;
}

function objectToTime(model: Model, { lines, accessCode }: PlaceCommand): Refusal[] {
  const found: Refusal[] = [];
  const { terms } = model;
  if (terms.state === 'draft') found.push({ kind: 'unknown_event' });
  if (!EVENT_STATES[terms.state].isSelling) found.push(notOnSale('event_state', null));
  found.push(...objectToWindow(terms, null));
  for (const { ticketTypeId } of lines) {
    const type = model.types.get(ticketTypeId);
    if (!type || (type.terms.accessCode !== null && type.terms.accessCode !== accessCode))
      found.push({ kind: 'unknown_ticket_type', ticketTypeId });
    if (type?.terms.state === 'paused') found.push(notOnSale('ticket_type_paused', ticketTypeId));
    if (type) found.push(...objectToWindow(type.terms, ticketTypeId));
  }
  return found;
}

type Bounds = { salesStartMs: number | null; salesEndMs: number | null };

/** Bounds are long ago or far ahead, so that it does not matter when exactly the command was decided. */
function objectToWindow({ salesStartMs, salesEndMs }: Bounds, ticketTypeId: string | null): Refusal[] {
  const nowMs = 1_800_000_000_000;
  const found: Refusal[] = [];
  if ((salesStartMs ?? 0) > nowMs) found.push(notOnSale('not_started', ticketTypeId));
  if ((salesEndMs ?? nowMs + 1) <= nowMs) found.push(notOnSale('ended', ticketTypeId));
  return found;
}

function notOnSale(reason: Extract<Refusal, { kind: 'not_on_sale' }>['reason'], ticketTypeId: string | null): Refusal {
  return { kind: 'not_on_sale', reason, ticketTypeId, opensInMs: null };
}

function objectToBasket(model: Model, { lines }: PlaceCommand): Refusal[] {
  const found: Refusal[] = [];
  for (const { ticketTypeId, quantity } of lines) {
    const terms = model.types.get(ticketTypeId)?.terms;
    if (!terms) continue;
    if (quantity < terms.bookingMin) found.push({ kind: 'limit', limit: 'booking_min', ticketTypeId, allowed: terms.bookingMin });
    if (quantity > terms.bookingMax) found.push({ kind: 'limit', limit: 'booking_max', ticketTypeId, allowed: terms.bookingMax });
  }
  const { bookingMax } = model.terms;
  if (sum(lines) > bookingMax) found.push({ kind: 'limit', limit: 'event_booking_max', ticketTypeId: null, allowed: bookingMax });
  return found;
}
