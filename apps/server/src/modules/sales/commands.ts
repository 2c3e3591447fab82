import type { EventState } from './event-states.ts';
import type { Dispute, Owed, Tender } from './money.ts';
import type { PriceRules, Pricing, PromoTerms } from './prices.ts';

/** One line of a basket: each ticket type at most once. A price is chosen for donations. */
export type Line = { ticketTypeId: string; quantity: number; chosenPriceMinor?: number };

/** Puts a basket on hold. `bookingId` is derived from event, buyer and Idempotency-Key: it is the command's id. */
export type PlaceCommand = {
  kind: 'place';
  bookingId: string;
  fingerprint: string;
  buyerKey: string;
  lines: readonly Line[];
  accessCode: string | null;
  promoCode: string | null;
  /** What the buyer was shown; another total is refused. Null if the buyer takes any. */
  expectedTotalMinor: number | null;
  /** Confirm at once; only for a basket that costs nothing, or at a desk. */
  confirm: boolean;
  /** A sale at the organizer's desk, not a buyer's own. */
  desk?: Desk;
};

/**
 * Who sells at a desk sells at once, whatever windows, access codes and limits say to buyers. What is given away (`none`)
 * costs nothing. From the set-aside, or from the public's stock.
 */
export type Desk = { tender: Exclude<Tender, 'card' | 'external'>; fromSetAside: boolean };

/** Who asks: the buyer for a booking of theirs, or the organizer's side for any of the event. */
export type Actor = { kind: 'buyer'; buyerKey: string } | { kind: 'organizer' };

type OnBooking = { commandId: string; fingerprint: string; bookingId: string; actor: Actor };

export type ExtendCommand = OnBooking & { kind: 'extend'; extensionMs: number | null };
export type ReleaseCommand = OnBooking & { kind: 'release' };
/** `tender` says how it was paid, outside of the provider; null for what is free. */
export type ConfirmCommand = OnBooking & { kind: 'confirm'; tender: Exclude<Tender, 'card' | 'none'> | null };
export type CancelCommand = OnBooking & { kind: 'cancel' };
/** The buyer goes to the provider, where the payment is called `paymentRef`. */
export type AwaitPaymentCommand = OnBooking & { kind: 'await-payment'; paymentRef: string };
/** The provider says that it has the money. Never refused: what cannot be kept goes back. */
export type ReceivePaymentCommand = OnBooking & {
  kind: 'receive-payment';
  paymentRef: string;
  receivedMinor: number;
  currency: string;
};
export type RefundCommand = OnBooking & {
  kind: 'refund';
  /** Numbers of the tickets that come back; none for money alone. */
  tickets: readonly number[] | 'all';
  /** Null for what these tickets cost. */
  amountMinor: number | null;
  /** Whether fees and added taxes stay paid. */
  keepFees: boolean;
  /** Whether the tickets are on sale again; else they are set aside. */
  restock: boolean;
  reason: string;
};
/** The provider has done what was owed, or says that it cannot be done. */
export type SettleOwedCommand = OnBooking & {
  kind: 'settle-owed';
  owed: Pick<Owed, 'id' | 'kind' | 'amountMinor' | 'currency'>;
  isDone: boolean;
};
/** A bank takes a payment back for its holder, and what became of that. */
export type DisputeCommand = OnBooking & { kind: 'dispute'; status: Dispute; amountMinor: number; currency: string };
/** The holder gives tickets back as soon as somebody else buys their places, or keeps them after all. */
export type OfferCommand = OnBooking & { kind: 'offer'; tickets: readonly number[]; isWithdrawn: boolean };
export type MoneyCommand = AwaitPaymentCommand | ReceivePaymentCommand | RefundCommand | SettleOwedCommand | DisputeCommand;
export type BookingCommand = ExtendCommand | ReleaseCommand | ConfirmCommand | CancelCommand | OfferCommand | MoneyCommand;

/** What an organizer sets on a ticket type. Times in milliseconds since 1970, null for no bound. */
export type TicketTypeTerms = PriceRules & {
  state: 'on_sale' | 'paused';
  position: number;
  priceMinor: number;
  salesStartMs: number | null;
  salesEndMs: number | null;
  bookingMin: number;
  bookingMax: number;
  buyerMax: number | null;
  accessCode: string | null;
};

export type SaleTerms = {
  state: EventState;
  holdLengthMs: number;
  salesStartMs: number | null;
  salesEndMs: number | null;
  bookingMax: number;
  buyerMax: number | null;
  /** Fees and taxes; null where there are none. */
  pricing: Pricing | null;
  /** When a scheduled event goes on sale by itself. */
  publishAtMs: number | null;
  /** When the event ends by itself. */
  endsAtMs: number | null;
  /** Whether holders may offer their tickets, and what they offer is sold. */
  resale: boolean;
};

type Registered = { commandId: string; fingerprint: string };

/** `move` is there where the terms follow a move of the event, and says what others are told of it. */
export type ChangeSaleCommand = Registered & {
  kind: 'change-sale';
  changes: Partial<SaleTerms>;
  move?: Readonly<Record<string, unknown>>;
};
export type CreateTicketTypeCommand = Registered & {
  kind: 'create-ticket-type';
  ticketTypeId: string;
  capacity: number;
  terms: TicketTypeTerms;
};
export type ChangeTicketTypeCommand = Registered & {
  kind: 'change-ticket-type';
  ticketTypeId: string;
  capacity: number | null;
  changes: Partial<TicketTypeTerms>;
};
/** Moves `quantity` tickets from the public's stock to the set-aside, or back where it is negative. */
export type SetAsideCommand = Registered & { kind: 'set-aside'; ticketTypeId: string; quantity: number };
export type CreateQuotaCommand = Registered & { kind: 'create-quota'; quotaId: string; capacity: number; ticketTypeIds: readonly string[] };
export type ChangeQuotaCommand = Registered & {
  kind: 'change-quota';
  quotaId: string;
  capacity: number | null;
  ticketTypeIds: readonly string[] | null;
};
/** `promoId` names the code in the register and in facts, where the code itself has no business. */
export type CreatePromoCodeCommand = Registered & { kind: 'create-promo-code'; promoId: string; code: string; terms: PromoTerms };
/** What a code takes off, and whether it is limited for each buyer, is set once. */
export type ChangePromoCodeCommand = Registered & {
  kind: 'change-promo-code';
  promoId: string;
  code: string;
  changes: Partial<Omit<PromoTerms, 'kind' | 'value'>>;
};
export type ConfigureCommand =
  | ChangeSaleCommand
  | CreateTicketTypeCommand
  | ChangeTicketTypeCommand
  | SetAsideCommand
  | CreateQuotaCommand
  | ChangeQuotaCommand
  | CreatePromoCodeCommand
  | ChangePromoCodeCommand;

/** Gives back what is due. Every batch carries one of its own; `everything` also looks behind the head's mark. */
export type ExpireCommand = { kind: 'expire'; everything: boolean };

export type Command = PlaceCommand | BookingCommand | ConfigureCommand | ExpireCommand;

/** Whether a command may end what its booking offers. */
export function mayEndOffers(command: Command): command is BookingCommand {
  const { kind } = command;
  return kind === 'refund' || kind === 'cancel' || kind === 'dispute' || (kind === 'offer' && command.isWithdrawn);
}

/** The id under which a command is executed once, for ever; null for the lane's own. */
export function idOf(command: Command): string | null {
  if (command.kind === 'expire') return null;
  return command.kind === 'place' ? command.bookingId : command.commandId;
}
