import type { Notification, NotificationType } from '../provider.ts';
import { cardNamed } from './cards.ts';
import type { Context } from './context.ts';
import type { IntentRecord, RefundRecord, Send } from './records.ts';
import { refundOf, standingOf } from './standing.ts';

/** What is told when an intent has become as given; which card paid decides how often, when, and in which order. */
export function tell(type: NotificationType, intent: IntentRecord, context: Context, refund?: RefundRecord): Send[] {
  const { tells } = cardNamed(intent.card);
  const notification = notificationOf(type, intent, context, refund);
  const send: Send = { id: context.newId('sbs'), notification, notBeforeMs: 0, isInOrder: true };
  switch (tells) {
    case 'never':
      return type === 'intent.succeeded' ? [] : [send];
    case 'late':
      return [{ ...send, notBeforeMs: context.after('notificationMs') }];
    case 'thrice':
      return [send, again(send, notification.id, context), again(send, context.newId('sbn'), context)];
    case 'failed_afterwards':
      return type === 'intent.succeeded' ? [send, ...tellFailure(intent, context)] : [send];
    case 'after_refunds':
      return type === 'intent.succeeded' ? [{ ...send, notBeforeMs: context.after('notificationMs'), isInOrder: false }] : [send];
    default:
      return [send];
  }
}

function again(send: Send, notificationId: string, context: Context): Send {
  return { ...send, id: context.newId('sbs'), notification: { ...send.notification, id: notificationId } };
}

/** The decline that came before the success of this intent. */
function tellFailure(intent: IntentRecord, context: Context): Send[] {
  const before: IntentRecord = { ...intent, state: 'open', declineCode: 'generic_decline', receivedMinor: 0, receivedCurrency: null };
  const notification = notificationOf('intent.failed', before, { ...context, nowMs: context.nowMs - 1 });
  return [{ id: context.newId('sbs'), notification, notBeforeMs: 0, isInOrder: true }];
}

function notificationOf(type: NotificationType, intent: IntentRecord, context: Context, refund?: RefundRecord): Notification {
  const { dispute } = intent;
  return {
    id: context.newId('sbn'),
    type,
    account: context.account,
    createdMs: context.nowMs,
    intent: standingOf(intent),
    ...(refund && { refund: refundOf(refund, intent) }),
    ...(dispute && type.startsWith('dispute.') && { dispute: { ref: dispute.ref, amountMinor: dispute.amountMinor } }),
  };
}
