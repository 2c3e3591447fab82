import type { Outcome } from '../outcomes.ts';
import type { ConnectionSlot } from './connection-slot.ts';
import type { Entry } from './entry.ts';
import { BatchFailed, executeBatch, type BatchTimes } from './execute-batch.ts';
import { classify, isLockTimeout, isReadOnly, isSilent } from './failures.ts';

/** Commands that go into one transaction, and what is known from the times it was tried before. */
export type Work = {
  readonly entries: readonly Entry[];
  readonly attempt: number;
  /** A COMMIT of these commands was sent and nobody has said how it ended: they may be executed already. */
  readonly isFateUnknown: boolean;
};

/** How one try ended. `passing`: the same work may succeed later. `poison`: a command of it makes it fail, every time. */
export type Try =
  | { kind: 'done'; outcomes: Outcome[]; times: BatchTimes }
  /** `isLocked`: somebody else kept the event's head all the time. */
  | { kind: 'passing'; isFateUnknown: boolean; isLocked: boolean; cause: unknown }
  | { kind: 'poison'; cause: unknown };

export async function tryWork(slot: ConnectionSlot, eventId: string, work: Work): Promise<Try> {
  const connection = await slot.open().catch((cause: unknown) => new BatchFailed('connect', cause));
  if (connection instanceof BatchFailed)
    return { kind: 'passing', isFateUnknown: work.isFateUnknown, isLocked: false, cause: connection.cause };
  try {
    const commands = work.entries.map((entry) => entry.command);
    return { kind: 'done', ...(await executeBatch(connection, eventId, commands)) };
  } catch (error) {
    if (!(error instanceof BatchFailed)) throw error;
    // A server that has become a replica stays one: the next connection may lead to the new primary.
    if (isReadOnly(error.cause)) await slot.close();
    if (error.at === 'decide' || classify(error.cause) === 'poison') return { kind: 'poison', cause: error.cause };
    const isFateUnknown = work.isFateUnknown || (error.at === 'write' && isSilent(error.cause));
    return { kind: 'passing', isFateUnknown, isLocked: isLockTimeout(error.cause), cause: error.cause };
  }
}

/** Two halves, to find the command that makes the whole fail. What is not known of the whole is not known of either. */
export function halve({ entries, isFateUnknown }: Work): [Work, Work] {
  const middle = entries.length >> 1;
  const half = (part: readonly Entry[]): Work => ({ entries: part, attempt: 0, isFateUnknown });
  return [half(entries.slice(0, middle)), half(entries.slice(middle))];
}

const PAUSE_MIN_MS = 5;
const PAUSE_MAX_MS = 500;

/** How long work waits before it is tried again, in milliseconds. */
export function pauseBefore(work: Work): number {
  return Math.min(PAUSE_MIN_MS * 2 ** work.attempt, PAUSE_MAX_MS);
}
