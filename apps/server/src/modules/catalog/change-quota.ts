import { configure } from '../sales/index.ts';
import type { ConfiguredOutcome, Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf } from './organizer-keys.ts';
import { updateQuotaName } from './queries/quotas.ts';
import { takeUpWords } from './queries/worded-commands.ts';

/** Null leaves the capacity, the ticket types or the name as they are. */
export type ChangeQuota = {
  eventId: string;
  quotaId: string;
  capacity: number | null;
  ticketTypeIds: readonly string[] | null;
  name: string | null;
  idempotencyKey: string;
};

/** Changes the capacity of a quota, the ticket types that share it, or its name, as `changeTicketType` does. */
export async function changeQuota(catalog: Catalog, request: ChangeQuota): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, quotaId, capacity, ticketTypeIds, name, idempotencyKey } = request;
  const id = commandId(eventId, idempotencyKey);
  const outcome = await configure(catalog.sales, eventId, {
    kind: 'change-quota',
    commandId: id,
    fingerprint: fingerprintOf({ kind: 'change-quota', quotaId, capacity, ticketTypeIds, ...(name !== null && { name }) }),
    quotaId,
    capacity,
    ticketTypeIds,
  });
  if (outcome.kind !== 'configured' || name === null) return outcome;
  const before = await catalog.db.transaction(async (tx) =>
    (await takeUpWords(tx, eventId, id)) ? updateQuotaName(tx, { eventId, quotaId, name }) : null,
  );
  return { ...outcome, before: outcome.before && { ...outcome.before, ...(before !== null && { name: before }) } };
}
