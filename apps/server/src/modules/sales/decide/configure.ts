import { canBecome } from '../event-states.ts';
import type {
  ChangeSaleCommand,
  ChangeTicketTypeCommand,
  ConfigureCommand,
  CreateTicketTypeCommand,
  SaleTerms,
  SetAsideCommand,
  TicketTypeTerms,
} from '../commands.ts';
import type { ConfiguredOutcome, Refusal } from '../outcomes.ts';
import { findInvalidAddOn } from './add-ons.ts';
import { changeByItself } from './change-by-itself.ts';
import { changePromoCode, createPromoCode } from './configure-promo-code.ts';
import { changeQuota, createQuota } from './configure-quota.ts';
import { moveStock, type Draft } from './draft.ts';
import { configuredFact } from './facts.ts';
import { findFreeShortage } from './fit.ts';
import { findRepeat, register } from './register.ts';
import type { SaleState, Stock } from './state.ts';
import { stateBefore } from './state-before.ts';
import { findUnknownType, ticketTypesOf } from './terms-of-prices.ts';
import { findInvalidSale, findInvalidTicketType, TERMS, tooMany } from './terms.ts';

/** Whether a command only gives stock, so that it is decided before all that take. */
export function givesStock(state: SaleState, command: ConfigureCommand): boolean {
  switch (command.kind) {
    case 'create-ticket-type':
      return true;
    case 'change-ticket-type':
      return raises(command.capacity, state.ticketTypes.get(command.ticketTypeId));
    case 'change-quota':
      return command.ticketTypeIds === null && raises(command.capacity, state.quotas.get(command.quotaId));
    default:
      return false;
  }
}

function raises(capacity: number | null, stock: Stock | undefined): boolean {
  return capacity !== null && stock !== undefined && capacity > stock.capacity;
}

/** Executes an organizer's command. */
export function configure(draft: Draft, command: ConfigureCommand): ConfiguredOutcome | Refusal {
  const repeat = findRepeat(draft, command);
  if (repeat.kind === 'reused') return { kind: 'key_reused' };
  if (repeat.kind === 'executed') return { kind: 'configured', subjectId: repeat.command.subjectId, replayed: true, before: null };
  const before = stateBefore(draft, command);
  const refusal = execute(draft, command);
  if (refusal) return refusal;
  const subjectId = subjectOf(draft, command);
  register(draft, command, subjectId);
  return { kind: 'configured', subjectId, replayed: false, before };
}

function subjectOf(draft: Draft, command: ConfigureCommand): string {
  if (command.kind === 'change-sale') return draft.state.eventId;
  if ('promoId' in command) return command.promoId;
  return 'quotaId' in command ? command.quotaId : command.ticketTypeId;
}

function execute(draft: Draft, command: ConfigureCommand): Refusal | null {
  switch (command.kind) {
    case 'change-sale':
      return changeSale(draft, command);
    case 'create-ticket-type':
      return createTicketType(draft, command);
    case 'change-ticket-type':
      return changeTicketType(draft, command);
    case 'set-aside':
      return setAside(draft, command);
    case 'create-quota':
      return createQuota(draft, command);
    case 'change-quota':
      return changeQuota(draft, command);
    case 'create-promo-code':
      return createPromoCode(draft, command);
    case 'change-promo-code':
      return changePromoCode(draft, command);
  }
}

function changeSale(draft: Draft, { changes, move }: ChangeSaleCommand): Refusal | null {
  const from = draft.terms;
  const terms = { ...from, ...changes };
  if (!canBecome(from.state, terms.state)) return { kind: 'wrong_event_state', from: from.state, to: terms.state };
  const refusal = findInvalidSale(terms) ?? findPassedEnd(from, terms, draft.nowMs) ?? findUnknownType(draft, ticketTypesOf(terms.pricing));
  if (refusal) return refusal;
  draft.terms = terms;
  draft.changes.terms = terms;
  draft.changes.contentChanged = true;
  const { facts } = draft.changes;
  if (from.state !== terms.state) facts.push(configuredFact(`event.${terms.state}`, draft.state.eventId, changes));
  else if (!move) facts.push(configuredFact('sale.changed', draft.state.eventId, changes));
  if (move) facts.push(configuredFact('event.moved', draft.state.eventId, { ...changes, ...move }));
  // A time that has passed already is kept to in this batch, before its holds, and not in the next.
  changeByItself(draft);
  return null;
}

/** Whoever opens an event again moves its end, too: else the next batch would end it by itself. */
function findPassedEnd(from: SaleTerms, to: SaleTerms, nowMs: number): Refusal | null {
  if (from.state !== 'ended' || to.state !== 'on_sale' || to.endsAtMs === null || to.endsAtMs > nowMs) return null;
  return { kind: 'invalid_terms', field: 'ends_at', detail: 'has passed: the event would end again at once' };
}

function createTicketType(draft: Draft, command: CreateTicketTypeCommand): Refusal | null {
  const { ticketTypeId: id, terms, capacity } = command;
  if (draft.ticketTypes.has(id)) return { kind: 'key_reused' };
  if (draft.ticketTypes.size >= TERMS.ticketTypesMax) return tooMany('ticket types', TERMS.ticketTypesMax);
  const refusal =
    findInvalidTicketType(terms, capacity) ?? findUnknownType(draft, terms.addOn?.to ?? []) ?? findInvalidAddOn(draft, id, terms.addOn);
  if (refusal) return refusal;
  draft.ticketTypes.set(id, { id, terms, capacity: 0, held: 0, sold: 0, setAside: 0, offered: 0, taken: 0 });
  draft.changes.newTicketTypes.push({ id, terms });
  raiseCapacity(draft, id, capacity);
  draft.changes.contentChanged = true;
  draft.changes.facts.push(configuredFact('ticket_type.created', id, { capacity, ...withoutCode(terms) }));
  return null;
}

function changeTicketType(draft: Draft, command: ChangeTicketTypeCommand): Refusal | null {
  const ticketType = draft.ticketTypes.get(command.ticketTypeId);
  if (!ticketType) return { kind: 'unknown_ticket_type', ticketTypeId: command.ticketTypeId };
  const terms = { ...ticketType.terms, ...command.changes };
  const capacity = command.capacity ?? ticketType.capacity;
  const refusal =
    findInvalidTicketType(terms, capacity) ??
    findUnknownType(draft, terms.addOn?.to ?? []) ??
    findInvalidAddOn(draft, ticketType.id, command.changes.addOn ?? null);
  if (refusal) return refusal;
  const possible = ticketType.held + ticketType.sold + ticketType.setAside;
  if (capacity < possible) return { kind: 'capacity_too_low', possible, subjectId: ticketType.id };
  if (capacity !== ticketType.capacity) raiseCapacity(draft, ticketType.id, capacity - ticketType.capacity);
  ticketType.terms = terms;
  draft.changes.changedTicketTypes.set(ticketType.id, terms);
  draft.changes.contentChanged = true;
  draft.changes.facts.push(configuredFact('ticket_type.changed', ticketType.id, { capacity, ...withoutCode(terms) }));
  return null;
}

function raiseCapacity(draft: Draft, ticketTypeId: string, capacity: number): void {
  moveStock(draft, { kind: 'capacity', bookingId: null, ticketTypeId, delta: { capacity, held: 0, sold: 0, setAside: 0 } });
}

function setAside(draft: Draft, { ticketTypeId, quantity }: SetAsideCommand): Refusal | null {
  const ticketType = draft.ticketTypes.get(ticketTypeId);
  if (!ticketType) return { kind: 'unknown_ticket_type', ticketTypeId };
  if (quantity === 0) return { kind: 'invalid_terms', field: 'quantity', detail: 'must not be zero' };
  const shortage = quantity > 0 ? findFreeShortage(draft, [{ ticketTypeId, quantity }]) : null;
  if (shortage) return shortage;
  if (ticketType.setAside + quantity < 0) return { kind: 'set_aside_too_low', possible: ticketType.setAside };
  moveStock(draft, { kind: 'set_aside', bookingId: null, ticketTypeId, delta: { capacity: 0, held: 0, sold: 0, setAside: quantity } });
  draft.changes.facts.push(configuredFact('ticket_type.set_aside', ticketTypeId, { quantity }));
  return null;
}

/** Facts travel far; the code that opens a hidden ticket type does not. */
function withoutCode(terms: TicketTypeTerms): Record<string, unknown> {
  const { accessCode, ...rest } = terms;
  return { ...rest, hasAccessCode: accessCode !== null };
}
