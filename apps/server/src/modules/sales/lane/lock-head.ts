import type { Call, CallResult } from '../../../platform/db/index.ts';
import { BEGIN, LOCK_HEAD, READ_LOCK_WAIT } from './read-statements.ts';

/** Begins a batch's transaction and takes the head's lock, alone: it is sent before everything that the batch reads. */
export function lockHead(eventId: string): Call[] {
  return [
    { statement: BEGIN, values: [] },
    { statement: LOCK_HEAD, values: [eventId] },
    { statement: READ_LOCK_WAIT, values: [] },
  ];
}

/** When the lock was ours, by `performance.now()`, and how long PostgreSQL had waited for it, in milliseconds. */
export type HeadLock = { lockedMs: number; lockWaitMs: number };

/** Splits the answers of a round trip that began with `lockHead`. */
export function parseLock(answers: readonly CallResult[]): { lock: HeadLock; rest: readonly CallResult[] } {
  const [, locked, waited, ...rest] = answers;
  return { lock: { lockedMs: locked?.atMs ?? 0, lockWaitMs: Number(waited?.rows[0]?.[0] ?? 0) }, rest };
}
