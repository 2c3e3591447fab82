import { REFUND_STATES, type Refund } from '../provider.ts';
import { isMinor, isOneOf, isText, objectOf } from './checks.ts';

export function presentRefund(refund: Refund) {
  return {
    ref: refund.ref,
    key: refund.key,
    intent_ref: refund.intentRef,
    state: refund.state,
    amount_minor: refund.amountMinor,
    currency: refund.currency,
  };
}

/** Null for what is no refund. */
export function parseRefund(value: unknown): Refund | null {
  const wire = objectOf(value);
  if (wire === null || !isText(wire['ref']) || !isText(wire['key']) || !isText(wire['intent_ref'])) return null;
  if (!isOneOf(wire['state'], REFUND_STATES) || !isMinor(wire['amount_minor']) || !isText(wire['currency'])) return null;
  return {
    ref: wire['ref'],
    key: wire['key'],
    intentRef: wire['intent_ref'],
    state: wire['state'],
    amountMinor: wire['amount_minor'],
    currency: wire['currency'],
  };
}
