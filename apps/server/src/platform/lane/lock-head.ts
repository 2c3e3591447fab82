import type { Call, CallResult, Statement } from '../db/index.ts';
import { BEGIN, READ_LOCK_WAIT } from './lane-statements.ts';

/** Begins a batch's transaction and takes the head's lock, alone: it is sent before everything that the batch reads. */
export function lockHead(lock: Statement, eventId: string): Call[] {
  return [
    { statement: BEGIN, values: [] },
    { statement: lock, values: [eventId] },
    { statement: READ_LOCK_WAIT, values: [] },
  ];
}

/** Since when the lock was ours at the earliest, by `performance.now()`, and how long PostgreSQL waited for it, in milliseconds. */
export type HeadLock = { lockedMs: number; lockWaitMs: number };

/** Splits the answers of a round trip that began with `lockHead` and was sent at `sentMs`. */
export function parseLock(answers: readonly CallResult[], sentMs: number): { lock: HeadLock; rest: readonly CallResult[] } {
  const [, , waited, ...rest] = answers;
  const lockWaitMs = Number(waited?.rows[0]?.[0] ?? 0);
  return { lock: { lockedMs: sentMs + lockWaitMs, lockWaitMs }, rest };
}
