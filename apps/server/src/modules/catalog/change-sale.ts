import { configure, isToBePublic } from '../sales/index.ts';
import type { ConfiguredOutcome, Refusal, SaleTerms } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf } from './organizer-keys.ts';
import { raiseListed } from './queries/events.ts';

/** `reason` is a part of what is asked: the same key with another reason is another request. */
export type ChangeSale = { eventId: string; changes: Partial<SaleTerms>; reason?: string; idempotencyKey: string };

/** Changes the state, window, hold length or limits of an event's sale. */
export async function changeSale(catalog: Catalog, request: ChangeSale): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, changes, reason, idempotencyKey } = request;
  // Before the lane, so that a crash in between leaves a draft in the walk, which skips it, and never a public event out of it.
  if (changes.state !== undefined && isToBePublic(changes.state)) await raiseListed(catalog.db, eventId);
  return configure(catalog.sales, eventId, {
    kind: 'change-sale',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'change-sale', changes, ...(reason !== undefined && { reason }) }),
    changes,
  });
}
