import { setTimeout as pause } from 'node:timers/promises';
import type { LaneTelemetry } from '../../../platform/telemetry/index.ts';
import type { Outcome } from '../outcomes.ts';
import type { ConnectionSlot } from './connection-slot.ts';
import type { Entry } from './entry.ts';
import { BatchFailed, executeBatch } from './execute-batch.ts';
import { classify, isSilent } from './failures.ts';
import { ClientGone, CommandFailed, LaneBusy, OutcomeUnknown } from './lane-errors.ts';

/** How an entry ended. The lane answers after it has begun the next batch. */
export type Answer = { entry: Entry; outcome: Outcome } | { entry: Entry; error: Error };

export type BatchRun = {
  eventId: string;
  slot: ConnectionSlot;
  deadlineMs: number;
  nowMs: () => number;
  telemetry: LaneTelemetry;
  onTrouble: (what: string, error: unknown) => void;
  /** Whether the lane gives up: its server is closing. */
  isClosed: () => boolean;
};

const PAUSE_MIN_MS = 5;
const PAUSE_MAX_MS = 500;

/**
 * Runs a batch until the fate of each of its commands is known. A failure that passes runs the same batch again; one
 * that does not cuts it in two, with the same commands under the same ids, until the offender stands alone.
 */
export async function runBatch(run: BatchRun, entries: readonly Entry[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  let waiting = entries;
  let isFateUnknown = false;
  for (let attempt = 0; waiting.length > 0; attempt += 1) {
    const failure = await tryOnce(run, waiting, answers);
    if (failure === null) return answers;
    if (failure.at === 'decide' || classify(failure.cause) === 'poison')
      return [...answers, ...(await bisect(run, waiting, failure.cause))];
    isFateUnknown ||= failure.at === 'write' && isSilent(failure.cause);
    if (run.isClosed()) return [...answers, ...giveUp(waiting, isFateUnknown, failure.cause)];
    run.telemetry.rerun();
    if (attempt % 10 === 0) run.onTrouble(`A batch of ${waiting.length} commands is run again.`, failure.cause);
    await pause(Math.min(PAUSE_MIN_MS * 2 ** attempt, PAUSE_MAX_MS));
    waiting = dropLate(run, waiting, isFateUnknown, answers);
  }
  return answers;
}

async function tryOnce(run: BatchRun, entries: readonly Entry[], answers: Answer[]): Promise<BatchFailed | null> {
  try {
    const connection = await run.slot.open();
    const commands = entries.map((entry) => entry.command);
    const { outcomes, times } = await executeBatch(connection, run.eventId, commands);
    run.telemetry.batch(entries.length);
    run.telemetry.lockHold(times.lockHoldMs);
    run.telemetry.commit(times.commitMs);
    for (const [index, entry] of entries.entries()) answers.push({ entry, outcome: outcomes[index]! });
    return null;
  } catch (error) {
    return error instanceof BatchFailed ? error : new BatchFailed('read', error);
  }
}

async function bisect(run: BatchRun, entries: readonly Entry[], cause: unknown): Promise<Answer[]> {
  const [only] = entries;
  if (entries.length === 1 && only) {
    run.onTrouble(`The command "${only.command.kind}" makes its transaction fail and is refused.`, cause);
    return [{ entry: only, error: new CommandFailed(cause) }];
  }
  run.telemetry.bisect();
  const middle = entries.length >> 1;
  return [...(await runBatch(run, entries.slice(0, middle))), ...(await runBatch(run, entries.slice(middle)))];
}

/** Ends the holds that are late or whose client has gone; what was perhaps committed is not called dropped. */
function dropLate(run: BatchRun, entries: readonly Entry[], isFateUnknown: boolean, answers: Answer[]): Entry[] {
  const lateMs = run.nowMs() - run.deadlineMs;
  return entries.filter((entry) => {
    if (!entry.isDroppable || (entry.arrivedMs >= lateMs && !entry.isGone())) return true;
    run.telemetry.dropped();
    answers.push({ entry, error: isFateUnknown ? new OutcomeUnknown(null) : lateError(entry) });
    return false;
  });
}

export function lateError(entry: Entry): Error {
  return entry.isGone() ? new ClientGone() : new LaneBusy('The event is too busy to answer in time; nothing was booked.');
}

function giveUp(entries: readonly Entry[], isFateUnknown: boolean, cause: unknown): Answer[] {
  const error = isFateUnknown ? new OutcomeUnknown(cause) : new LaneBusy('The server is closing; nothing was booked.');
  return entries.map((entry) => ({ entry, error }));
}
