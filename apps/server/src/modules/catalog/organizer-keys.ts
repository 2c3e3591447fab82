import { uuidFromText } from '../../platform/ids/index.ts';
import { commandIdOf } from '../sales/index.ts';

/**
 * Ids and fingerprints of what an organizer asks for, from the Idempotency-Key: the same request gives the same
 * ids on every server, so that a repeat finds what the first one made.
 */

/** The id of what a keyed request creates. Home rows have no event: their scope is their kind alone. */
export function createdId(scope: string, idempotencyKey: string): string {
  return uuidFromText(`organizer/${scope}/${idempotencyKey}`);
}

/** What a promo code is called where the code itself has no business. */
export function promoIdOf(eventId: string, code: string): string {
  return uuidFromText(`promo code/${eventId}/${code}`);
}

/** Under which a lane command is executed once. One space of keys per event: another route's key is a key reused. */
export function commandId(eventId: string, idempotencyKey: string): string {
  return commandIdOf(eventId, { kind: 'organizer' }, idempotencyKey);
}

/** Equal for requests that ask for the same, whatever the order of their fields. */
export function fingerprintOf(payload: unknown): string {
  return uuidFromText(JSON.stringify(payload, sortFields));
}

function sortFields(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
