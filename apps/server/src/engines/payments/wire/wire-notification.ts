import { NOTIFICATION_TYPES, type Dispute, type Notification } from '../provider.ts';
import { isMinor, isOneOf, isText, objectOf } from './checks.ts';
import { parseStanding, presentStanding } from './wire-intent.ts';
import { parseRefund, presentRefund } from './wire-refund.ts';

export function presentNotification(notification: Notification) {
  const { refund, dispute } = notification;
  return {
    id: notification.id,
    type: notification.type,
    account: notification.account,
    created_ms: notification.createdMs,
    intent: presentStanding(notification.intent),
    ...(refund && { refund: presentRefund(refund) }),
    ...(dispute && { dispute: { ref: dispute.ref, amount_minor: dispute.amountMinor } }),
  };
}

/** Null for what is no notification of the sandbox: one that does not say that no money moves is none. */
export function parseNotification(value: unknown): Notification | null {
  const wire = objectOf(value);
  if (wire === null || wire['sandbox'] !== true || !isText(wire['id']) || !isText(wire['account'])) return null;
  const intent = parseStanding(wire['intent']);
  if (!isOneOf(wire['type'], NOTIFICATION_TYPES) || !isMinor(wire['created_ms']) || intent === null) return null;
  const notification = { id: wire['id'], type: wire['type'], account: wire['account'], createdMs: wire['created_ms'], intent };
  if (wire['type'].startsWith('refund.')) {
    const refund = parseRefund(wire['refund']);
    return refund && refund.intentRef === intent.ref ? { ...notification, refund } : null;
  }
  if (wire['type'].startsWith('dispute.')) {
    const dispute = parseDispute(wire['dispute']);
    return dispute && { ...notification, dispute };
  }
  return notification;
}

function parseDispute(value: unknown): Dispute | null {
  const wire = objectOf(value);
  if (wire === null || !isText(wire['ref']) || !isMinor(wire['amount_minor'])) return null;
  return { ref: wire['ref'], amountMinor: wire['amount_minor'] };
}
