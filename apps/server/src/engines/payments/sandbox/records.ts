import type { IntentState, Movement, Notification, RefundState } from '../provider.ts';

/** What the sandbox keeps of an intent. Records are never changed: a newer one takes the place of an older one. */
export type IntentRecord = {
  ref: string;
  key: string;
  secret: string;
  amountMinor: number;
  currency: string;
  eventId: string;
  bookingId: string;
  description: string;
  returnUrl: string | null;
  state: IntentState;
  /** The name of the card tried last; never a number. */
  card: string | null;
  holderName: string | null;
  declineCode: string | null;
  receivedMinor: number;
  /** Null before anything has come. */
  receivedCurrency: string | null;
  refundedMinor: number;
  dispute: DisputeRecord | null;
  createdMs: number;
};

export type DisputeRecord = { ref: string; amountMinor: number; state: 'opened' | 'won' | 'lost' };

export type RefundRecord = {
  ref: string;
  key: string;
  intentRef: string;
  amountMinor: number;
  reason: string;
  state: RefundState;
};

/** Its cursor is its place in the list. */
export type MovementRecord = Omit<Movement, 'cursor'>;

/** Something that a card does later. */
export type Step = { id: string; dueMs: number; intentRef: string; what: StepKind; refundRef: string | null };
export type StepKind = 'succeed' | 'dispute' | 'decide_dispute' | 'end_refund';

/** A notification on its way to whoever listens. */
export type Send = {
  id: string;
  notification: Notification;
  notBeforeMs: number;
  /** Whether it waits until what was told of the same intent before has arrived. */
  isInOrder: boolean;
};

/** What one call or one step changes: a line of the journal, there as a whole or not at all. */
export type Change = {
  intent?: IntentRecord;
  refund?: RefundRecord;
  movement?: MovementRecord;
  steps?: readonly Step[];
  stepDone?: string;
  sends?: readonly Send[];
  /** Sends that have arrived, or were given up. */
  sent?: readonly string[];
};
