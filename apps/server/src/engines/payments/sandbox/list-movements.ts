import type { MovementPage } from '../provider.ts';
import type { MovementRecord } from './records.ts';

/** Up to `limit` movements behind the place `after`, 0 for the beginning. A movement's cursor is its place, counted from 1. */
export function listMovements(all: readonly MovementRecord[], after: number, limit: number): MovementPage {
  const movements = all.slice(after, after + limit).map((movement, index) => ({ cursor: String(after + index + 1), ...movement }));
  const end = after + movements.length;
  return { movements, next: end < all.length ? String(end) : null };
}
