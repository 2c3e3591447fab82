import { INTENT_STATES, type Intent, type IntentStanding } from '../provider.ts';
import { isMinor, isOneOf, isText, isTextOrNull, objectOf } from './checks.ts';

/** How the sandbox writes an intent where it tells of it to whoever listens: without what lets somebody pay. */
export function presentStanding(intent: IntentStanding) {
  return {
    ref: intent.ref,
    state: intent.state,
    amount_minor: intent.amountMinor,
    currency: intent.currency,
    received_minor: intent.receivedMinor,
    refunded_minor: intent.refundedMinor,
    disputed_minor: intent.disputedMinor,
    decline_code: intent.declineCode,
    event_id: intent.eventId,
    booking_id: intent.bookingId,
  };
}

export function presentIntent(intent: Intent) {
  return { ...presentStanding(intent), client_secret: intent.clientSecret, pay_url: intent.payUrl };
}

/** Null for what is no intent. */
export function parseStanding(value: unknown): IntentStanding | null {
  const wire = objectOf(value);
  if (wire === null || !isText(wire['ref']) || !isOneOf(wire['state'], INTENT_STATES) || !isText(wire['currency'])) return null;
  if (!isText(wire['event_id']) || !isText(wire['booking_id']) || !isTextOrNull(wire['decline_code'])) return null;
  const { amount_minor, received_minor, refunded_minor, disputed_minor } = wire;
  if (!isMinor(amount_minor) || !isMinor(received_minor) || !isMinor(refunded_minor) || !isMinor(disputed_minor)) return null;
  return {
    ref: wire['ref'],
    state: wire['state'],
    amountMinor: amount_minor,
    currency: wire['currency'],
    receivedMinor: received_minor,
    refundedMinor: refunded_minor,
    disputedMinor: disputed_minor,
    declineCode: wire['decline_code'],
    eventId: wire['event_id'],
    bookingId: wire['booking_id'],
  };
}

/** Null for what is no intent. */
export function parseIntent(value: unknown): Intent | null {
  const standing = parseStanding(value);
  const wire = objectOf(value);
  if (standing === null || wire === null || !isText(wire['client_secret']) || !isText(wire['pay_url'])) return null;
  return { ...standing, clientSecret: wire['client_secret'], payUrl: wire['pay_url'] };
}
