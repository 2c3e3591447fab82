import type { Notification } from '../../engines/payments/index.ts';
import { settleDispute } from '../sales/index.ts';
import type { Payments } from './context.ts';
import { note } from './note.ts';
import { parseOrderIds } from './parse-order-ids.ts';
import { receivePayment } from './receive-payment.ts';
import { settleRefund } from './settle-refund.ts';

/** `used`: the sale knows it now, or knew it. `noted`: a person is to look at it. `idle`: it changes nothing here. */
export type Use = 'used' | 'noted' | 'idle';

/**
 * Does what a notification says, in any order and any number of times. Rejects where the sale does not answer: the provider is to
 * send it again.
 */
export async function receiveNotification(payments: Payments, notification: Notification): Promise<Use> {
  switch (notification.type) {
    case 'intent.succeeded':
      return (await receivePayment(payments, notification.intent)).kind === 'booking' ? 'used' : 'noted';
    // The buyer is told by the provider's page; the hold goes on, and ends by itself.
    case 'intent.failed':
    case 'intent.requires_action':
    case 'intent.cancelled':
      return 'idle';
    case 'refund.succeeded':
    case 'refund.failed':
      return settleNotified(payments, notification);
    case 'dispute.opened':
      return receiveDispute(payments, notification, 'opened');
    case 'dispute.won':
      return receiveDispute(payments, notification, 'won');
    case 'dispute.lost':
      return receiveDispute(payments, notification, 'lost');
  }
}

async function settleNotified(payments: Payments, { intent, refund }: Notification): Promise<Use> {
  if (refund === undefined) return 'idle';
  const state = await settleRefund(payments, intent, refund);
  return state === 'noted' ? 'noted' : 'used';
}

async function receiveDispute(payments: Payments, { intent, dispute }: Notification, status: 'opened' | 'won' | 'lost'): Promise<Use> {
  if (dispute === undefined) return 'idle';
  const ids = parseOrderIds(intent);
  const { amountMinor } = dispute;
  const subject = `${dispute.ref}\n${status}`;
  if (!ids) return noted('A dispute names no booking of ours.');
  // A dispute may be told before the payment that it is about.
  if ((await receivePayment(payments, intent)).kind !== 'booking') return 'noted';
  const { currency } = intent;
  const outcome = await settleDispute(payments.sales, { ...ids, disputeRef: dispute.ref, status, amountMinor, currency });
  return outcome.kind === 'booking' ? 'used' : noted(`A dispute was told that the sale refused: ${outcome.kind}.`);

  async function noted(detail: string): Promise<Use> {
    await note(payments, { reason: 'not_understood', subject, intent, amountMinor, detail });
    return 'noted';
  }
}
