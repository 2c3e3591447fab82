import type { LaneConnection } from '../db/index.ts';
import type { ConnectionSlot } from './connection-slot.ts';
import type { Entry } from './entry.ts';
import { BatchFailed, executeBatch, waitForHead, type BatchContext, type BatchTimes } from './execute-batch.ts';
import { classify, isReadOnly, isSilent } from './failures.ts';
import type { LaneCommand } from './lane-purpose.ts';
import type { HeadLock } from './lock-head.ts';

/** Commands that go into one transaction, and what is known from the times it was tried before. */
export type Work<Command extends LaneCommand, Outcome> = {
  readonly entries: readonly Entry<Command, Outcome>[];
  readonly attempt: number;
  /** A COMMIT of these commands was sent and nobody has said how it ended: they may be executed already. */
  readonly isFateUnknown: boolean;
};

/** How one try ended. `passing`: the same work may succeed later. `poison`: a command of it makes it fail, every time. */
export type Try<Outcome> =
  | { kind: 'done'; outcomes: readonly Outcome[]; times: BatchTimes }
  | { kind: 'passing'; isFateUnknown: boolean; cause: unknown }
  | { kind: 'poison'; cause: unknown };

/** The lane whose turn it is, as far as a try needs it. */
export type Turn<Command extends LaneCommand, Outcome> = {
  context: BatchContext<Command, Outcome>;
  eventId: string;
  /** Others write in the event too, and the head is waited for. */
  isContended: boolean;
  /** Composes the batch: what is taken now is tried. */
  begin: () => Work<Command, Outcome>;
};

/**
 * Tries a lane's next batch once. Where the head must be waited for, the batch is composed only when the lock is ours, for
 * the price of a round trip: meanwhile as many commands arrive as the other server serves, and a batch of twice the size
 * costs far less than two.
 */
export async function tryTurn<Command extends LaneCommand, Outcome>(
  slot: ConnectionSlot,
  { context, eventId, isContended, begin }: Turn<Command, Outcome>,
): Promise<{ work: Work<Command, Outcome>; tried: Try<Outcome> }> {
  let lock: HeadLock | null = null;
  let connection: LaneConnection;
  try {
    connection = await slot.open();
    if (isContended) lock = await waitForHead(connection, context.lockStatement, eventId);
  } catch (error) {
    const work = begin();
    const cause = error instanceof BatchFailed ? error.cause : error;
    if (isReadOnly(cause)) await slot.close();
    return { work, tried: { kind: 'passing', isFateUnknown: work.isFateUnknown, cause } };
  }
  const work = begin();
  if (!lock && work.entries.length === 0) return { work, tried: NOTHING_TRIED };
  return { work, tried: await tryWork({ context, slot, connection, eventId, lock }, work) };
}

const NOTHING_TRIED: Try<never> = { kind: 'done', outcomes: [], times: { lockWaitMs: 0, lockHoldMs: 0, commitMs: 0 } };

type OnHead<Command extends LaneCommand, Outcome> = {
  context: BatchContext<Command, Outcome>;
  slot: ConnectionSlot;
  connection: LaneConnection;
  eventId: string;
  lock: HeadLock | null;
};

async function tryWork<Command extends LaneCommand, Outcome>(
  { context, slot, connection, eventId, lock }: OnHead<Command, Outcome>,
  work: Work<Command, Outcome>,
): Promise<Try<Outcome>> {
  try {
    const commands = work.entries.map((entry) => entry.command);
    return { kind: 'done', ...(await executeBatch(connection, { context, eventId, commands, lock })) };
  } catch (error) {
    if (!(error instanceof BatchFailed)) throw error;
    // A server that has become a replica stays one: the next connection may lead to the new primary.
    if (isReadOnly(error.cause)) await slot.close();
    if (error.at === 'decide' || classify(error.cause) === 'poison') return { kind: 'poison', cause: error.cause };
    const isFateUnknown = work.isFateUnknown || (error.at === 'write' && isSilent(error.cause));
    return { kind: 'passing', isFateUnknown, cause: error.cause };
  }
}

/** Two halves, to find the command that makes the whole fail. What is not known of the whole is not known of either. */
export function halve<Command extends LaneCommand, Outcome>({
  entries,
  isFateUnknown,
}: Work<Command, Outcome>): [Work<Command, Outcome>, Work<Command, Outcome>] {
  const middle = entries.length >> 1;
  const half = (part: readonly Entry<Command, Outcome>[]): Work<Command, Outcome> => ({ entries: part, attempt: 0, isFateUnknown });
  return [half(entries.slice(0, middle)), half(entries.slice(middle))];
}

const PAUSE_MIN_MS = 5;
const PAUSE_MAX_MS = 500;

/** How long work waits before it is tried again after so many attempts, in milliseconds. */
export function pauseBefore(attempt: number): number {
  return Math.min(PAUSE_MIN_MS * 2 ** attempt, PAUSE_MAX_MS);
}
