import type { Call, LaneConnection, Statement } from '../db/index.ts';
import { invariant } from '../invariant.ts';
import type { BatchDecision, BatchRead, LaneCommand, LanePurpose } from './lane-purpose.ts';
import { COMMIT_CALL, ROLLBACK_CALL } from './lane-statements.ts';
import { lockHead, parseLock, type HeadLock } from './lock-head.ts';

/** How a batch took its time, in milliseconds: waiting for the head, keeping it, and of that the second trip with the commit. */
export type BatchTimes = { lockWaitMs: number; lockHoldMs: number; commitMs: number };
export type BatchResult<Outcome> = { outcomes: readonly Outcome[]; times: BatchTimes };

/** Where a batch failed. Only at `write` its COMMIT has been sent: if the connection was lost there, its fate is unknown. */
export type FailedAt = 'connect' | 'read' | 'decide' | 'write';

export class BatchFailed extends Error {
  readonly at: FailedAt;

  constructor(at: FailedAt, cause: unknown) {
    super(`The batch failed at ${at}.`, { cause });
    this.at = at;
  }
}

/** What all batches of the lanes of one purpose have in common: how the head is locked, and what is done under its lock. */
export type BatchContext<Command extends LaneCommand, Outcome> = {
  readonly lockStatement: Statement;
  readonly purpose: LanePurpose<Command, Outcome>;
};

export type Batch<Command extends LaneCommand, Outcome> = {
  context: BatchContext<Command, Outcome>;
  eventId: string;
  commands: readonly Command[];
  /** Null if the head is still to be locked, in the same round trip that reads. */
  lock: HeadLock | null;
};

/**
 * Runs one batch as one transaction in two round trips: lock the head and read, decide, write and commit. Nothing
 * else happens between the trips. Throws BatchFailed; then nothing was written, unless it failed at the write with a
 * lost connection.
 */
export async function executeBatch<Command extends LaneCommand, Outcome>(
  connection: LaneConnection,
  { context, eventId, commands, lock }: Batch<Command, Outcome>,
): Promise<BatchResult<Outcome>> {
  const { lockStatement, purpose } = context;
  const read = composeRead(purpose, eventId, commands);
  if (read instanceof BatchFailed) return rollBack(connection, read.at, read.cause);
  const calls = lock ? read.calls : [...lockHead(lockStatement, eventId), ...read.calls];
  const sentMs = performance.now();
  const answers = await connection.roundTrip(calls).catch((error: unknown) => rollBack(connection, 'read', error));
  const locked = lock ? { lock, rest: answers } : parseLock(answers, sentMs);
  const decided = decideCalls(purpose, commands, () => read.decide(locked.rest));
  if (decided instanceof BatchFailed) return rollBack(connection, 'decide', decided.cause);
  const commitStartMs = performance.now();
  const written = await connection.roundTrip(decided.calls).catch((error: unknown) => rollBack(connection, 'write', error));
  const tag = written.at(-1)?.tag;
  // A failed pipeline answers a COMMIT that "succeeds" with the tag ROLLBACK.
  if (tag !== decided.expectedTag) throw new BatchFailed('write', new Error(`The transaction ended with ${tag}.`));
  const endMs = performance.now();
  const { lockWaitMs, lockedMs } = locked.lock;
  return { outcomes: decided.outcomes, times: { lockWaitMs, lockHoldMs: endMs - lockedMs, commitMs: endMs - commitStartMs } };
}

/** Begins a batch's transaction and waits for the head's lock, in a round trip of its own. Throws BatchFailed. */
export async function waitForHead(connection: LaneConnection, lockStatement: Statement, eventId: string): Promise<HeadLock> {
  const sentMs = performance.now();
  const calls = lockHead(lockStatement, eventId);
  const answers = await connection.roundTrip(calls).catch((error: unknown) => rollBack(connection, 'read', error));
  return parseLock(answers, sentMs).lock;
}

/** A command that cannot even be asked about makes its batch fail like one that cannot be decided. */
function composeRead<Command extends LaneCommand, Outcome>(
  purpose: LanePurpose<Command, Outcome>,
  eventId: string,
  commands: readonly Command[],
): BatchRead<Outcome> | BatchFailed {
  try {
    return purpose.read(eventId, commands);
  } catch (error) {
    return new BatchFailed('decide', error);
  }
}

type Decided<Outcome> = { outcomes: readonly Outcome[]; calls: readonly Call[]; expectedTag: 'COMMIT' | 'ROLLBACK' };

const NOTHING = { calls: [ROLLBACK_CALL], expectedTag: 'ROLLBACK' } as const;

/** What the second trip sends. It is synchronous: nothing may come between the trips. */
function decideCalls<Command extends LaneCommand, Outcome>(
  purpose: LanePurpose<Command, Outcome>,
  commands: readonly Command[],
  decide: () => BatchDecision<Outcome> | null,
): Decided<Outcome> | BatchFailed {
  try {
    const decision = decide();
    if (!decision) return { outcomes: commands.map((command) => purpose.unknownEvent(command)), ...NOTHING };
    const { outcomes, calls } = decision;
    invariant(outcomes.length === commands.length, 'every command has an outcome');
    if (!calls) return { outcomes, ...NOTHING };
    return { outcomes, calls: [...calls, COMMIT_CALL], expectedTag: 'COMMIT' };
  } catch (error) {
    return new BatchFailed('decide', error);
  }
}

/** Leaves the connection without a transaction and throws. If even that fails the connection is broken and not used again. */
async function rollBack(connection: LaneConnection, at: FailedAt, cause: unknown): Promise<never> {
  if (!connection.isBroken) await connection.roundTrip([ROLLBACK_CALL]).catch(() => connection.close());
  throw new BatchFailed(at, cause);
}
