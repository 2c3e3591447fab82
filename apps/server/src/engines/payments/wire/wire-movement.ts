import { MOVEMENT_KINDS, type Movement, type MovementPage } from '../provider.ts';
import { isMinor, isOneOf, isText, isTextOrNull, objectOf } from './checks.ts';

export function presentMovementPage({ movements, next }: MovementPage) {
  return { movements: movements.map(presentMovement), next };
}

function presentMovement(movement: Movement) {
  return {
    cursor: movement.cursor,
    kind: movement.kind,
    ref: movement.ref,
    refund_key: movement.refundKey,
    intent_ref: movement.intentRef,
    amount_minor: movement.amountMinor,
    currency: movement.currency,
    at_ms: movement.atMs,
    event_id: movement.eventId,
    booking_id: movement.bookingId,
  };
}

/** Null for what is no page of movements. */
export function parseMovementPage(value: unknown): MovementPage | null {
  const wire = objectOf(value);
  if (wire === null || !Array.isArray(wire['movements']) || !isTextOrNull(wire['next'])) return null;
  const movements = wire['movements'].map(parseMovement);
  return movements.some((movement) => movement === null)
    ? null
    : { movements: movements.filter((movement) => movement !== null), next: wire['next'] };
}

function parseMovement(value: unknown): Movement | null {
  const wire = objectOf(value);
  if (wire === null || !isText(wire['cursor']) || !isOneOf(wire['kind'], MOVEMENT_KINDS) || !isText(wire['ref'])) return null;
  if (!isTextOrNull(wire['refund_key']) || !isText(wire['intent_ref']) || !isMinor(wire['amount_minor']) || !isText(wire['currency']))
    return null;
  if (!isMinor(wire['at_ms']) || !isText(wire['event_id']) || !isText(wire['booking_id'])) return null;
  return {
    cursor: wire['cursor'],
    kind: wire['kind'],
    ref: wire['ref'],
    refundKey: wire['refund_key'],
    intentRef: wire['intent_ref'],
    amountMinor: wire['amount_minor'],
    currency: wire['currency'],
    atMs: wire['at_ms'],
    eventId: wire['event_id'],
    bookingId: wire['booking_id'],
  };
}
