import { configure } from '../sales/index.ts';
import type { ConfiguredOutcome, Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf } from './organizer-keys.ts';

/** A negative quantity gives tickets back to the public. */
export type SetAside = { eventId: string; ticketTypeId: string; quantity: number; idempotencyKey: string };

/** Keeps tickets of a type from the public, or gives them back. */
export async function setAside(catalog: Catalog, request: SetAside): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, ticketTypeId, quantity, idempotencyKey } = request;
  return configure(catalog.sales, eventId, {
    kind: 'set-aside',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'set-aside', ticketTypeId, quantity }),
    ticketTypeId,
    quantity,
  });
}
