import { configure } from '../sales/index.ts';
import type { ConfiguredOutcome, Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf } from './organizer-keys.ts';

/** Null leaves the capacity or the ticket types as they are. */
export type ChangeQuota = {
  eventId: string;
  quotaId: string;
  capacity: number | null;
  ticketTypeIds: readonly string[] | null;
  idempotencyKey: string;
};

/** Changes the capacity of a quota, or the ticket types that share it. */
export async function changeQuota(catalog: Catalog, request: ChangeQuota): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, quotaId, capacity, ticketTypeIds, idempotencyKey } = request;
  return configure(catalog.sales, eventId, {
    kind: 'change-quota',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'change-quota', quotaId, capacity, ticketTypeIds }),
    quotaId,
    capacity,
    ticketTypeIds,
  });
}
