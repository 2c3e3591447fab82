import { configure } from '../sales/index.ts';
import type { Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, createdId, fingerprintOf } from './organizer-keys.ts';
import { insertQuotaName } from './queries/quotas.ts';

export type CreateQuota = {
  eventId: string;
  name: string;
  capacity: number;
  ticketTypeIds: readonly string[];
  idempotencyKey: string;
};

export type QuotaCreated = { kind: 'created'; quotaId: string; replayed: boolean };

/** Creates a cap that several ticket types share: its stock through the lane, then its name. */
export async function createQuota(catalog: Catalog, request: CreateQuota): Promise<QuotaCreated | Refusal> {
  const { eventId, name, capacity, ticketTypeIds, idempotencyKey } = request;
  const quotaId = createdId(`${eventId}/quota`, idempotencyKey);
  const outcome = await configure(catalog.sales, eventId, {
    kind: 'create-quota',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'create-quota', name, capacity, ticketTypeIds }),
    quotaId,
    capacity,
    ticketTypeIds,
  });
  if (outcome.kind !== 'configured') return outcome;
  await insertQuotaName(catalog.db, { eventId, quotaId, name });
  return { kind: 'created', quotaId, replayed: outcome.replayed };
}
