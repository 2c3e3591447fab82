import { uuidFromText } from '../../platform/ids/index.ts';
import type { Command } from '../sales/index.ts';

/**
 * Commands from what the provider says. Their ids are derived from the provider's own objects, never from its notifications: told
 * twice, late, or asked for by ourselves, the same thing is the same command.
 */
type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

const actor = { kind: 'organizer' } as const;

export type Paid = { bookingId: string; paymentRef: string; receivedMinor: number; currency: string };

/** A payment came in. Another amount for the same payment is another payload, which the lane refuses. */
export function receivePaymentCommand({ bookingId, paymentRef, receivedMinor, currency }: Paid): CommandOf<'receive-payment'> {
  return {
    kind: 'receive-payment',
    actor,
    commandId: uuidFromText(`payment\n${paymentRef}`),
    fingerprint: uuidFromText(`${bookingId}\n${paymentRef}\n${receivedMinor}\n${currency}`),
    bookingId,
    paymentRef,
    receivedMinor,
    currency,
  };
}

export type Settled = {
  bookingId: string;
  owed: { id: string; kind: 'refund' | 'void'; amountMinor: number; currency: string };
  isDone: boolean;
};

/** What was owed is done, or never will be. */
export function settleOwedCommand({ bookingId, owed, isDone }: Settled): CommandOf<'settle-owed'> {
  const { id, kind, amountMinor, currency } = owed;
  return {
    kind: 'settle-owed',
    actor,
    commandId: uuidFromText(`settled\n${id}\n${isDone}`),
    fingerprint: uuidFromText(`${bookingId}\n${id}\n${amountMinor}\n${currency}`),
    bookingId,
    owed: { id, kind, amountMinor, currency },
    isDone,
  };
}

export type Disputed = { bookingId: string; disputeRef: string; status: 'opened' | 'won' | 'lost'; amountMinor: number; currency: string };

/** The payer's bank takes a payment back, gives it back again, or keeps it. */
export function disputeCommand({ bookingId, disputeRef, status, amountMinor, currency }: Disputed): CommandOf<'dispute'> {
  return {
    kind: 'dispute',
    actor,
    commandId: uuidFromText(`dispute\n${disputeRef}\n${status}`),
    fingerprint: uuidFromText(`${bookingId}\n${disputeRef}\n${amountMinor}\n${currency}`),
    bookingId,
    status,
    amountMinor,
    currency,
  };
}
