import { invariant } from '../../../platform/invariant.ts';
import type { Call, LaneConnection } from '../../../platform/db/index.ts';
import type { Command } from '../commands.ts';
import { isEmpty } from '../decide/changes.ts';
import { decide } from '../decide/decide.ts';
import type { Outcome } from '../outcomes.ts';
import type { LanePart } from './lane-part.ts';
import { lockHead, parseLock, type HeadLock } from './lock-head.ts';
import { readState, type StateRead } from './read-state.ts';
import { writeChanges } from './write-changes.ts';
import { ROLLBACK } from './write-statements.ts';

/** How a batch took its time, in milliseconds: waiting for the head, keeping it, and of that the second trip with the commit. */
export type BatchTimes = { lockWaitMs: number; lockHoldMs: number; commitMs: number };
export type BatchResult = { outcomes: Outcome[]; times: BatchTimes };

/** Where a batch failed. Only at `write` its COMMIT has been sent: if the connection was lost there, its fate is unknown. */
export type FailedAt = 'connect' | 'read' | 'decide' | 'write';

export class BatchFailed extends Error {
  readonly at: FailedAt;

  constructor(at: FailedAt, cause: unknown) {
    super(`The batch failed at ${at}.`, { cause });
    this.at = at;
  }
}

export type Batch = {
  eventId: string;
  commands: readonly Command[];
  /** Null if the head is still to be locked, in the same round trip that reads. */
  lock: HeadLock | null;
  parts?: readonly LanePart[];
};

/**
 * Runs one batch as one transaction in two round trips: lock the head and read, decide, write and commit. Nothing
 * else happens between the trips. Throws BatchFailed; then nothing was written, unless it failed at the write with a
 * lost connection.
 */
export async function executeBatch(connection: LaneConnection, { eventId, commands, lock, parts = [] }: Batch): Promise<BatchResult> {
  const read = composeRead(eventId, commands);
  if (read instanceof BatchFailed) return rollBack(connection, read.at, read.cause);
  const calls = lock ? read.calls : [...lockHead(eventId), ...read.calls];
  const sentMs = performance.now();
  const answers = await connection.roundTrip(calls).catch((error: unknown) => rollBack(connection, 'read', error));
  const locked = lock ? { lock, rest: answers } : parseLock(answers, sentMs);
  const decided = decideCalls(commands, parts, () => read.parse(locked.rest));
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
export async function waitForHead(connection: LaneConnection, eventId: string): Promise<HeadLock> {
  const sentMs = performance.now();
  const answers = await connection.roundTrip(lockHead(eventId)).catch((error: unknown) => rollBack(connection, 'read', error));
  return parseLock(answers, sentMs).lock;
}

/** A command that cannot even be asked about makes its batch fail like one that cannot be decided. */
function composeRead(eventId: string, commands: readonly Command[]): StateRead | BatchFailed {
  try {
    return readState(eventId, commands);
  } catch (error) {
    return new BatchFailed('decide', error);
  }
}

type Decided = { outcomes: Outcome[]; calls: readonly Call[]; expectedTag: 'COMMIT' | 'ROLLBACK' };

/** What the second trip sends. It is synchronous: nothing may come between the trips. */
function decideCalls(
  commands: readonly Command[],
  parts: readonly LanePart[],
  parse: () => ReturnType<StateRead['parse']>,
): Decided | BatchFailed {
  const nothing = { calls: [{ statement: ROLLBACK, values: [] }], expectedTag: 'ROLLBACK' } as const;
  try {
    const parsed = parse();
    if (!parsed) return { outcomes: commands.map(unknownEvent), ...nothing };
    const { outcomes, changes } = decide(parsed.state, commands, parsed.nowMs);
    invariant(outcomes.length === commands.length, 'every command has an outcome');
    if (isEmpty(changes)) return { outcomes, ...nothing };
    return { outcomes, calls: writeChanges(parsed.state, changes, parsed.nowMs, parts), expectedTag: 'COMMIT' };
  } catch (error) {
    return new BatchFailed('decide', error);
  }
}

function unknownEvent(command: Command): Outcome {
  return command.kind === 'expire' ? { kind: 'expired', count: 0, more: false } : { kind: 'unknown_event' };
}

/** Leaves the connection without a transaction and throws. If even that fails the connection is broken and not used again. */
async function rollBack(connection: LaneConnection, at: FailedAt, cause: unknown): Promise<never> {
  if (!connection.isBroken) await connection.roundTrip([{ statement: ROLLBACK, values: [] }]).catch(() => connection.close());
  throw new BatchFailed(at, cause);
}
