import type { ChangeQuotaCommand, CreateQuotaCommand } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import type { StockDelta } from './changes.ts';
import { accumulate, addTo, indexByTicketType, type Draft } from './draft.ts';
import { configuredFact } from './facts.ts';
import type { Quota } from './state.ts';
import { findInvalidCapacity, TERMS, tooMany } from './terms.ts';

export function createQuota(draft: Draft, command: CreateQuotaCommand): Refusal | null {
  if (draft.quotas.has(command.quotaId)) return { kind: 'key_reused' };
  if (draft.quotas.size >= TERMS.quotasMax) return tooMany('quotas', TERMS.quotasMax);
  const quota: Quota = { id: command.quotaId, ticketTypeIds: [], capacity: 0, held: 0, sold: 0, setAside: 0 };
  const refusal = reshape(draft, quota, { capacity: command.capacity, ticketTypeIds: [...new Set(command.ticketTypeIds)] });
  if (refusal) return refusal;
  draft.changes.newQuotaIds.push(quota.id);
  draft.changes.facts.push(configuredFact('quota.created', quota.id, { capacity: quota.capacity, ticketTypeIds: quota.ticketTypeIds }));
  return null;
}

export function changeQuota(draft: Draft, command: ChangeQuotaCommand): Refusal | null {
  const quota = draft.quotas.get(command.quotaId);
  if (!quota) return { kind: 'unknown_quota', quotaId: command.quotaId };
  const ticketTypeIds = [...new Set(command.ticketTypeIds ?? quota.ticketTypeIds)];
  const shape = { capacity: command.capacity ?? quota.capacity, ticketTypeIds };
  const refusal = reshape(draft, quota, shape);
  if (refusal) return refusal;
  draft.changes.facts.push(configuredFact('quota.changed', quota.id, shape));
  return null;
}

type Shape = { capacity: number; ticketTypeIds: readonly string[] };

/**
 * Gives a quota its capacity and members. Its counters are the sums over its members, so that changing the members
 * moves them too; the move is written to the ledger like any other.
 */
function reshape(draft: Draft, quota: Quota, shape: Shape): Refusal | null {
  const invalid = findInvalidCapacity(shape.capacity);
  if (invalid) return invalid;
  const unknown = shape.ticketTypeIds.find((id) => !draft.ticketTypes.has(id));
  if (unknown !== undefined) return { kind: 'unknown_ticket_type', ticketTypeId: unknown };
  const counted = sumOf(draft, shape.ticketTypeIds);
  const possible = counted.held + counted.sold + counted.setAside;
  if (shape.capacity < possible) return { kind: 'capacity_too_low', possible, subjectId: quota.id };
  const delta: StockDelta = {
    capacity: shape.capacity - quota.capacity,
    held: counted.held - quota.held,
    sold: counted.sold - quota.sold,
    setAside: counted.setAside - quota.setAside,
  };
  addTo(quota, delta);
  quota.ticketTypeIds = shape.ticketTypeIds;
  draft.quotas.set(quota.id, quota);
  draft.quotasOf = indexByTicketType(draft.quotas.values());
  draft.changes.quotaMembers.set(quota.id, shape.ticketTypeIds);
  draft.changes.contentChanged = true;
  accumulate(draft.changes.quotaDeltas, quota.id, delta);
  draft.changes.ledger.push({ kind: 'capacity', bookingId: null, ticketTypeId: null, quotaId: quota.id, delta });
  return null;
}

function sumOf(draft: Draft, ticketTypeIds: readonly string[]): StockDelta {
  const sum = { capacity: 0, held: 0, sold: 0, setAside: 0 };
  for (const id of ticketTypeIds) {
    const ticketType = draft.ticketTypes.get(id);
    if (ticketType) addTo(sum, { ...ticketType, capacity: 0 });
  }
  return sum;
}
