/**
 * The contract of every payment provider. Amounts are whole numbers of the currency's smallest unit (`…Minor`), times are
 * milliseconds since 1970. Every call may reject with ProviderUnavailable (its fate is unknown: ask again with the same key)
 * or ProviderRefused (decided: asking again changes nothing), see provider-errors.ts.
 */
export type PaymentProvider = {
  readonly name: string;
  /** Whether no money moves. */
  readonly isSandbox: boolean;
  /** Makes what a buyer pays. The same key answers the same intent for ever; another payload under it is refused `key_reused`. */
  createIntent(order: IntentOrder): Promise<Intent>;
  /** How an intent stands now; null if the provider knows none. */
  readIntent(ref: string): Promise<Intent | null>;
  /** Ends an intent so that nobody can pay it any more. Repeatable. Refused `unknown_intent`. */
  cancelIntent(ref: string): Promise<Cancellation>;
  /**
   * Gives money back. The same key answers the same refund for ever, also when it has failed: another try needs another key.
   * Refused `refund_too_high` (more than is left), `disputed`, `not_paid`, `unknown_intent`, `key_reused`.
   */
  refund(order: RefundOrder): Promise<Refund>;
  /** How a refund stands now; null if the provider knows none. */
  readRefund(ref: string): Promise<Refund | null>;
  /** What money did, oldest first, in an order that never changes. */
  listMovements(page: { after: string | null; limit: number }): Promise<MovementPage>;
  /**
   * Reads what was posted to the webhook: `rawBody` as it came over the wire. Never throws. A body that is read again later
   * must be read with the time at which it came, else it is stale.
   */
  parseNotification(rawBody: Buffer, signatureHeader: string | undefined, nowMs: number): ParsedNotification;
  /** The name of the header, in lower case, that carries the signature. */
  readonly signatureHeader: string;
  /** Lets its connections go; calls in flight end as unavailable. */
  close(): void;
};

export type IntentOrder = {
  /** At most 255 printable ASCII characters. */
  key: string;
  amountMinor: number;
  currency: string;
  eventId: string;
  bookingId: string;
  /** What the buyer sees on the page of the provider; at most 500 characters. */
  description: string;
  /** Where that page leads back to: an http:// or https:// URL. */
  returnUrl?: string;
};

/**
 * open (nobody has paid; a declined card leaves it open) → requires_action (the bank asks the person) → processing → succeeded.
 * From open and requires_action also → cancelled. succeeded and cancelled are final.
 */
export type IntentState = 'open' | 'requires_action' | 'processing' | 'succeeded' | 'cancelled';

export const INTENT_STATES: readonly IntentState[] = ['open', 'requires_action', 'processing', 'succeeded', 'cancelled'];

/** How an intent stands. */
export type IntentStanding = {
  ref: string;
  state: IntentState;
  /** What was ordered. */
  amountMinor: number;
  /** The currency of all amounts here: what came, once something has come. Compare it with the order. */
  currency: string;
  /** What came: 0 before success, then usually `amountMinor`, and not always. */
  receivedMinor: number;
  /** Of that, what is given back, or on its way back; failed refunds do not count. */
  refundedMinor: number;
  /** Of that, what the buyer's bank has taken back by a dispute that is open or lost. */
  disputedMinor: number;
  /** Why the last card was declined; null if none was. */
  declineCode: string | null;
  eventId: string;
  bookingId: string;
};

export type Intent = IntentStanding & {
  /** Lets whoever has it pay this intent, and do nothing else. For the buyer alone. */
  clientSecret: string;
  /** A page where a person pays; it holds the secret. */
  payUrl: string;
};

/** `processing`: a payment is on its way and can be neither stopped nor counted on; ask again later. */
export type Cancellation = { kind: 'cancelled' | 'already_paid' | 'processing'; intent: Intent };

export type RefundOrder = {
  /** At most 255 printable ASCII characters. */
  key: string;
  /** The intent. */
  ref: string;
  amountMinor: number;
  reason: string;
};

export type RefundState = 'pending' | 'succeeded' | 'failed';

export const REFUND_STATES: readonly RefundState[] = ['pending', 'succeeded', 'failed'];

export type Refund = { ref: string; key: string; intentRef: string; state: RefundState; amountMinor: number; currency: string };

/** payment: money came; refund: it went back; dispute: the bank took it back; dispute_won: it came again. A lost dispute moves nothing more. */
export type MovementKind = 'payment' | 'refund' | 'dispute' | 'dispute_won';

export const MOVEMENT_KINDS: readonly MovementKind[] = ['payment', 'refund', 'dispute', 'dispute_won'];

export type Movement = {
  /** Its place in the order: what `after` takes. */
  cursor: string;
  kind: MovementKind;
  /** What moved: the intent's ref for a payment, else that of the refund or the dispute. */
  ref: string;
  /** The key the refund was asked with; null for what is no refund. */
  refundKey: string | null;
  intentRef: string;
  /** Above 0, whichever way it went. */
  amountMinor: number;
  currency: string;
  atMs: number;
  eventId: string;
  bookingId: string;
};

export type MovementPage = {
  movements: readonly Movement[];
  /** Where to go on; null when there is no more by now. */
  next: string | null;
};

export const MOVEMENTS_MAX = 1_000;

export const NOTIFICATION_TYPES = [
  'intent.succeeded',
  'intent.failed',
  'intent.requires_action',
  'intent.cancelled',
  'refund.succeeded',
  'refund.failed',
  'dispute.opened',
  'dispute.won',
  'dispute.lost',
] as const;

/** `intent.failed`: a card was declined; the intent is open for another one. */
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/**
 * What a provider tells: at least once, in any order, under any number of ids. `intent` is how it stood at `createdMs`.
 * `refund` is there for `refund.…`, `dispute` for `dispute.…`.
 */
export type Notification = {
  id: string;
  type: NotificationType;
  account: string;
  createdMs: number;
  intent: IntentStanding;
  refund?: Refund;
  dispute?: Dispute;
};

export type Dispute = { ref: string; amountMinor: number };

/** `stale`: signed by the provider, but more than 5 minutes from now. `malformed`: signed, and yet nothing that we can read. */
export type RefusedNotification = 'unsigned' | 'forged' | 'stale' | 'other_account' | 'malformed';

export type ParsedNotification = { kind: 'notification'; notification: Notification } | { kind: 'refused'; reason: RefusedNotification };
