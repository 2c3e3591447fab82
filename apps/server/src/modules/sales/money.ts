/** How a booking was paid: through the provider, at the door, outside of Tessera, or not at all because it was given away. */
export const TENDERS = ['card', 'cash', 'card_at_door', 'external', 'none'] as const;
export type Tender = (typeof TENDERS)[number];

/**
 * The accounts of the money ledger. `provider`, `cash`, `card_at_door` and `external` say where money lies; `sales`, `fees`
 * and `taxes` whom it is due to; `owed` is to go back to buyers, `disputed` is what a bank has taken back for now.
 */
export type Account = Exclude<Tender, 'card' | 'none'> | 'provider' | 'sales' | 'fees' | 'taxes' | 'owed' | 'disputed';

export type TransferKind = 'payment' | 'return' | 'refund' | 'refund_done' | 'dispute' | 'dispute_won' | 'dispute_lost';

/** Moves `amountMinor` (more than zero) from the account `credit` to the account `debit`: what one gains the other loses. */
export type Transfer = {
  kind: TransferKind;
  bookingId: string;
  debit: Account;
  credit: Account;
  amountMinor: number;
  currency: string;
};

/** What the provider is still to be asked for. A booking's intent is voided once at most: that has the booking's id. */
export type Owed = {
  id: string;
  kind: 'refund' | 'void';
  bookingId: string;
  paymentRef: string;
  amountMinor: number;
  currency: string;
  reason: string;
};

export type Dispute = 'opened' | 'won' | 'lost';

/** What was paid for a booking and what became of that; amounts in the booking's currency. */
export type Money = {
  /** The provider's name for the payment. */
  paymentRef: string | null;
  tender: Tender | null;
  paidMinor: number;
  /** Decided; perhaps the provider still has to be asked for it. */
  refundedMinor: number;
  /** Of that, what came from fees and added taxes. */
  refundedExtraMinor: number;
  disputedMinor: number;
  dispute: Dispute | null;
  /** For tickets that were sold again while a bank disputes the payment: it goes back if the bank gives the payment back. */
  resaleDueMinor: number;
};

export const NO_MONEY: Money = {
  paymentRef: null,
  tender: null,
  paidMinor: 0,
  refundedMinor: 0,
  refundedExtraMinor: 0,
  disputedMinor: 0,
  dispute: null,
  resaleDueMinor: 0,
};

export function parseTender(text: string | null): Tender | null {
  return TENDERS.find((tender) => tender === text) ?? null;
}

export function parseDispute(text: string | null): Dispute | null {
  return text === 'opened' || text === 'won' || text === 'lost' ? text : null;
}
