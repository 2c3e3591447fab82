import type { LaneTelemetry, Log } from '../telemetry/index.ts';
import { Entry } from './entry.ts';
import type { BatchContext } from './execute-batch.ts';
import { ClientGone, CommandFailed, LaneBusy, OutcomeUnknown } from './lane-errors.ts';
import type { LaneCommand } from './lane-purpose.ts';
import { LaneQueue } from './lane-queue.ts';
import { halve, pauseBefore, type Try, type Work } from './work.ts';

/** What the lanes of one server share. */
export type LaneContext<Command extends LaneCommand, Outcome> = BatchContext<Command, Outcome> & {
  readonly batchMax: number;
  readonly deadlineMs: number;
  readonly telemetry: LaneTelemetry;
  readonly log: Log;
  /** Droppable commands that wait in all lanes together. */
  readonly load: { droppable: number };
  /** Until when an event's batches go without the purpose's own command, which has failed by itself. It outlives the lane. */
  readonly ownPausedUntilMs: Map<string, number>;
};

/** How to answer those who wait for a try that has ended, and how long to pause before the next one. */
export type Ended = { answer: () => void; pauseMs: number };

const OWN_PAUSE_MS = 1_000;
/** Less than another server's batch takes, and more than PostgreSQL is kept from a free head by other programs. */
const CONTENDED_MS = 3;
const NO_ENTRIES: readonly never[] = [];
const NO_WORK = { entries: NO_ENTRIES, attempt: 0, isFateUnknown: false };

/**
 * The lane of one event: what waits, what is tried at this moment, and what was tried and is tried again before anything
 * that came later. It decides what the next batch is and what a try means; it knows no connections and no other events.
 */
export class Lane<Command extends LaneCommand, Outcome> {
  readonly eventId: string;
  readonly queue = new LaneQueue<Command, Outcome>();
  readonly #context: LaneContext<Command, Outcome>;
  readonly #again: Work<Command, Outcome>[] = [];
  #running: Work<Command, Outcome> | null = null;
  #isContended = false;
  #startedMs = 0;

  constructor(eventId: string, context: LaneContext<Command, Outcome>) {
    this.eventId = eventId;
    this.#context = context;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Whether its try has not ended since `beforeMs`. */
  hasRunSince(beforeMs: number): boolean {
    return this.isRunning && this.#startedMs < beforeMs;
  }

  /** Whether its head was waited for when it was last locked: others write in the event too. */
  get isContended(): boolean {
    return this.#isContended;
  }

  /** Whether it has work that was tried before. */
  get isTryingAgain(): boolean {
    return this.#again.length > 0;
  }

  get isResting(): boolean {
    return !this.isRunning && !this.isTryingAgain && this.queue.length === 0;
  }

  add(entry: Entry<Command, Outcome>): void {
    this.queue.add(entry);
    if (entry.isDroppable) this.#context.load.droppable += 1;
  }

  /** Its turn begins: from now on it runs, though nothing has been taken yet. */
  start(): void {
    this.#running = NO_WORK;
    this.#startedMs = performance.now();
  }

  /** Takes what is to be tried next; it may be empty, if all of it was dropped. `end` or `giveUp` ends it. */
  begin(): Work<Command, Outcome> {
    this.#running = this.#takeAgain() ?? this.#takeNew();
    return this.#running;
  }

  #takeAgain(): Work<Command, Outcome> | null {
    const work = this.#again.shift();
    if (!work) return null;
    return { ...work, entries: work.entries.filter((entry) => !this.#dropIfVain(entry, work.isFateUnknown)) };
  }

  #takeNew(): Work<Command, Outcome> {
    const { batchMax, telemetry } = this.#context;
    const nowMs = performance.now();
    const taken = this.queue.take(batchMax);
    for (const entry of taken) {
      if (entry.isDroppable) this.#context.load.droppable -= 1;
      telemetry.wait(nowMs - entry.arrivedMs);
    }
    const entries = taken.filter((entry) => !this.#dropIfVain(entry, false));
    const own = entries.length > 0 ? this.#ownFor(entries, nowMs) : null;
    if (own) entries.unshift(own);
    return { entries, attempt: 0, isFateUnknown: false };
  }

  /** What every batch does besides. It stands in a command of its own, so that bisection can isolate it. */
  #ownFor(entries: readonly Entry<Command, Outcome>[], nowMs: number): Entry<Command, Outcome> | null {
    const { purpose, ownPausedUntilMs } = this.#context;
    if (purpose.own === null || nowMs < (ownPausedUntilMs.get(this.eventId) ?? 0)) return null;
    // Whoever asks for it goes on until their own command has found nothing left.
    if (entries.some((entry) => purpose.isOwn(entry.command))) return null;
    const entry = new Entry(purpose.own, performance.now(), purpose);
    entry
      .wait(() => false)
      .catch((error: unknown) => {
        if (error instanceof CommandFailed) ownPausedUntilMs.set(this.eventId, performance.now() + OWN_PAUSE_MS);
      });
    return entry;
  }

  /** Drops what is droppable and late, or that nobody waits for, and says so. */
  #dropIfVain(entry: Entry<Command, Outcome>, isFateUnknown: boolean): boolean {
    if (!entry.isDroppable) return false;
    const isLate = performance.now() - entry.arrivedMs > this.#context.deadlineMs;
    if (!isLate && !entry.isAbandoned) return false;
    this.#context.telemetry.dropped();
    entry.reject(isFateUnknown ? new OutcomeUnknown(null) : isLate ? tooLate() : new ClientGone());
    return true;
  }

  /** Takes in how the try has ended. Nobody is answered before `answer` is called. */
  end(work: Work<Command, Outcome>, tried: Try<Outcome>): Ended {
    this.#running = null;
    switch (tried.kind) {
      case 'done':
        this.#isContended = tried.times.lockWaitMs > CONTENDED_MS;
        return { answer: () => this.#answer(work, tried), pauseMs: 0 };
      case 'passing':
        return this.#tryAgain({ entries: work.entries, attempt: work.attempt + 1, isFateUnknown: tried.isFateUnknown }, tried.cause);
      case 'poison':
        return this.#isolate(work, tried.cause);
    }
  }

  #answer(work: Work<Command, Outcome>, { outcomes, times }: Extract<Try<Outcome>, { kind: 'done' }>): void {
    const { telemetry } = this.#context;
    // All of it was dropped.
    if (work.entries.length === 0) return;
    telemetry.batch(work.entries.length);
    telemetry.lockHold(times.lockHoldMs);
    telemetry.commit(times.commitMs);
    for (const [index, entry] of work.entries.entries()) entry.resolve(outcomes[index]!);
  }

  #tryAgain(again: Work<Command, Outcome>, cause: unknown): Ended {
    this.#context.telemetry.rerun();
    if (again.attempt % 10 === 1) this.#report(`A batch of ${again.entries.length} commands is run again.`, cause);
    this.#again.unshift(again);
    return { answer: doNothing, pauseMs: pauseBefore(again.attempt) };
  }

  /** Cuts work that cannot succeed in two, until the command that makes it fail stands alone. */
  #isolate(work: Work<Command, Outcome>, cause: unknown): Ended {
    const [only] = work.entries;
    if (work.entries.length === 1 && only) {
      this.#report(`The command "${only.command.kind}" makes its transaction fail.`, cause);
      // What was perhaps committed before is not said to have failed.
      return { answer: () => only.reject(work.isFateUnknown ? new OutcomeUnknown(cause) : new CommandFailed(cause)), pauseMs: 0 };
    }
    this.#context.telemetry.bisect();
    this.#again.unshift(...halve(work));
    return { answer: doNothing, pauseMs: 0 };
  }

  /** Answers whoever came before `lateMs` and still waits. What is droppable and was not begun is dropped; all else stays. */
  answerLate(lateMs: number): void {
    for (const entry of this.queue.takeLate(lateMs)) {
      this.#context.load.droppable -= 1;
      this.#dropIfVain(entry, false);
    }
    const begun = [this.#running, ...this.#again].flatMap((work) => work?.entries ?? []);
    const late = [...this.queue.lateUrgent(lateMs), ...begun.filter((entry) => entry.isAwaited && entry.arrivedMs < lateMs)];
    if (late.length === 0) return;
    const unknown = new OutcomeUnknown(null);
    for (const entry of late) entry.reject(unknown);
  }

  /** Ends everything: the server closes. */
  giveUp(): void {
    for (const entry of this.#running?.entries ?? []) entry.reject(new OutcomeUnknown(null));
    for (const { entries, isFateUnknown } of this.#again.splice(0)) {
      for (const entry of entries) entry.reject(isFateUnknown ? new OutcomeUnknown(null) : closed());
    }
    for (const entry of this.queue.take(this.queue.length)) entry.reject(closed());
  }

  #report(what: string, cause: unknown): void {
    this.#context.log.warn({ event_id: this.eventId, err: cause }, what);
  }
}

function doNothing(): void {}

function tooLate(): LaneBusy {
  return new LaneBusy('The event could not be reached in time; nothing was done.');
}

function closed(): LaneBusy {
  return new LaneBusy('The server is closing; nothing was done.');
}
