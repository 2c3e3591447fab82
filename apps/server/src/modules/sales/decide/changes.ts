import type { Fact } from '../../../platform/facts/index.ts';
import type { BookingMove } from '../booking-states.ts';
import type { SaleTerms, TicketTypeTerms } from '../commands.ts';
import type { Owed, Transfer } from '../money.ts';
import type { PromoCode, PromoTerms } from '../prices.ts';
import type { Booking, Offer, Offered, Stock } from './state.ts';

/** What is added to the counters; never an absolute value. */
export type StockDelta = Stock;

export type LedgerKind = 'hold' | 'sell' | Exclude<BookingMove, 'await'> | 'set_aside' | 'capacity';

export type LedgerEntry = {
  kind: LedgerKind;
  bookingId: string | null;
  ticketTypeId: string | null;
  quotaId: string | null;
  delta: StockDelta;
  /** Of what is held more or fewer, how much waits for offered places and is not in `delta`. */
  taken?: number;
};

export type NewTicketType = { id: string; terms: TicketTypeTerms };
/** Tickets that are worth nothing any more. */
export type Revoked = { bookingId: string; numbers: readonly number[]; reason: 'refund' | 'cancel' | 'dispute' | 'resold' };
/** An offer that is no more: its holder keeps the ticket, or the ticket itself came back. */
export type EndedOffer = Offer & { isWithdrawn: boolean };
/** What was owed to the provider is done, or cannot be done. */
export type Settled = { owedId: string; isDone: boolean };
export type RegisteredCommand = { commandId: string; fingerprint: string; kind: string; subjectId: string };

/** What a batch writes, in the order in which it was decided. */
export type Changes = {
  terms: SaleTerms | null;
  contentChanged: boolean;
  /** Everything that fell due up to this time has been given back; null if some is left. */
  expiredUntilMs: number | null;
  newTicketTypes: NewTicketType[];
  changedTicketTypes: Map<string, TicketTypeTerms>;
  ticketTypeDeltas: Map<string, StockDelta>;
  newQuotaIds: string[];
  /** New members of a quota, in place of the old. */
  quotaMembers: Map<string, readonly string[]>;
  quotaDeltas: Map<string, StockDelta>;
  newBookings: Booking[];
  changedBookings: Set<Booking>;
  /** buyer → ticket type → tickets more or fewer. */
  buyerDeltas: Map<string, Map<string, number>>;
  newPromoCodes: PromoCode[];
  changedPromoCodes: Map<string, PromoTerms>;
  /** code → bookings more or fewer. */
  promoDeltas: Map<string, number>;
  /** buyer → code → bookings more or fewer. */
  promoUseDeltas: Map<string, Map<string, number>>;
  ledger: LedgerEntry[];
  facts: Fact[];
  commands: RegisteredCommand[];
  transfers: Transfer[];
  owed: Owed[];
  settled: Settled[];
  /** Bookings that became confirmed: their tickets come to be. */
  issued: Booking[];
  revoked: Revoked[];
  newOffers: Offer[];
  endedOffers: EndedOffer[];
  offeredDeltas: Map<string, Offered>;
};

export function noChanges(): Changes {
  return {
    terms: null,
    contentChanged: false,
    expiredUntilMs: null,
    newTicketTypes: [],
    changedTicketTypes: new Map(),
    ticketTypeDeltas: new Map(),
    newQuotaIds: [],
    quotaMembers: new Map(),
    quotaDeltas: new Map(),
    newBookings: [],
    changedBookings: new Set(),
    buyerDeltas: new Map(),
    newPromoCodes: [],
    changedPromoCodes: new Map(),
    promoDeltas: new Map(),
    promoUseDeltas: new Map(),
    ledger: [],
    facts: [],
    commands: [],
    transfers: [],
    owed: [],
    settled: [],
    issued: [],
    revoked: [],
    newOffers: [],
    endedOffers: [],
    offeredDeltas: new Map(),
  };
}

/** Whether there is anything to write at all; a batch of refusals alone ends with a rollback. */
export function isEmpty(changes: Changes): boolean {
  return changes.ledger.length === 0 && changes.facts.length === 0 && changes.commands.length === 0;
}
