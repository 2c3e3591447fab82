import type { Line } from '../../apps/server/src/modules/sales/commands.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import { type Model, ownedBy, usedOf, usedUnder } from './model.ts';

/** The limits of one buyer that the lines break, with what the buyer has already. */
export function objectToOwner(model: Model, buyerKey: string, lines: readonly Line[]): Refusal[] {
  const found: Refusal[] = [];
  for (const { ticketTypeId, quantity } of lines) {
    const max = model.types.get(ticketTypeId)?.terms.buyerMax ?? null;
    const allowed = max === null ? null : max - ownedBy(model, buyerKey, ticketTypeId);
    if (allowed !== null && quantity > allowed)
      found.push({ kind: 'limit', limit: 'buyer_max', ticketTypeId, allowed: Math.max(0, allowed) });
  }
  const max = model.terms.buyerMax;
  const allowed = max === null ? null : max - ownedBy(model, buyerKey, null);
  if (allowed !== null && sum(lines) > allowed) {
    found.push({ kind: 'limit', limit: 'event_buyer_max', ticketTypeId: null, allowed: Math.max(0, allowed) });
  }
  return found;
}

/** Line by line: what a quota must give to the lines so far, and what the type itself has. */
export function objectToStock(model: Model, lines: readonly Line[]): Refusal[] {
  const found: Refusal[] = [];
  lines.forEach(({ ticketTypeId, quantity }, index) => {
    const type = model.types.get(ticketTypeId);
    if (!type) return;
    const quotas = [...model.quotas.values()].filter((quota) => quota.members.includes(ticketTypeId));
    const lefts = quotas.map((quota) => quota.capacity - usedUnder(model, quota.members));
    const misses = quotas.some(
      (quota, at) => sum(lines.slice(0, index + 1).filter((line) => quota.members.includes(line.ticketTypeId))) > lefts[at]!,
    );
    const leftOfType = type.capacity - usedOf(type);
    if (misses || quantity > leftOfType) found.push({ kind: 'sold_out', ticketTypeId, left: Math.min(leftOfType, ...lefts) });
  });
  return found;
}

export function sum(lines: readonly Line[]): number {
  return lines.reduce((total, line) => total + line.quantity, 0);
}
