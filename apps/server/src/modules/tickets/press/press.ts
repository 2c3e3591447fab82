import { openPressThread, type PressThread } from './press-thread.ts';
import { weightOf, type PrintJob } from './print-job.ts';

/**
 * Prints documents in a thread of its own, one at a time, so that no sale waits for a page.
 *
 * The thread is absent until there is a job, and again when there was none for a while. A job waits, is at the thread, and is answered;
 * when a thread fails the job it had fails with it, and the next job gets a fresh one.
 */
export type Press = {
  /** Rejects with PressBusy if too much waits already. `isGone` tells that nobody waits for it any more: then it is not printed. */
  print(job: PrintJob, isGone?: () => boolean): Promise<Buffer>;
  /** Ends the thread; what waits fails. */
  close(): Promise<void>;
};

/** Too many documents wait; in so many seconds there may be room. */
export class PressBusy extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too many documents wait to be printed.');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type PressOptions = { waitingMax?: number; jobMsMax?: number; idleMs?: number };

/** In pages, of some 10 ms each: who comes last waits a few seconds. More would only be given up by those who wait. */
const WAITING_MAX = 400;
const PAGES_A_SECOND = 80;
/** Thirty times what the largest file takes alone: while tickets are sold the thread has a core for a part of the time. */
const JOB_MS_MAX = 60_000;
/** An idle thread keeps some 100 MB of fonts; to begin again costs half a second. */
const IDLE_MS = 60_000;

type Waiting = { job: PrintJob; isGone: () => boolean; resolve(bytes: Buffer): void; reject(error: unknown): void };

export function buildPress({ waitingMax = WAITING_MAX, jobMsMax = JOB_MS_MAX, idleMs = IDLE_MS }: PressOptions = {}): Press {
  const waiting: Waiting[] = [];
  /** Of what waits and of what is at the thread. */
  let weight = 0;
  let thread: PressThread | null = null;
  let isWorking = false;
  let isClosed = false;
  let idleTimer: NodeJS.Timeout | undefined;

  async function printOne({ job, isGone, resolve, reject }: Waiting): Promise<void> {
    try {
      if (isClosed || isGone()) throw new PressBusy(1);
      if (thread === null || thread.hasEnded()) thread = openPressThread(jobMsMax);
      resolve(await thread.print(job));
    } catch (error) {
      reject(error);
    }
    weight -= weightOf(job);
  }

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    clearTimeout(idleTimer);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await printOne(next);
    isWorking = false;
    idleTimer = setTimeout(() => void letGo(), idleMs).unref();
  }

  async function letGo(): Promise<void> {
    clearTimeout(idleTimer);
    const idle = thread;
    thread = null;
    await idle?.end();
  }

  return {
    print: (job, isGone = () => false) =>
      new Promise((resolve, reject) => {
        // The largest file is printed, too, where nothing else waits.
        const isFull = weight > 0 && weight + weightOf(job) > waitingMax;
        if (isFull) return reject(new PressBusy(Math.ceil(weight / PAGES_A_SECOND)));
        weight += weightOf(job);
        waiting.push({ job, isGone, resolve, reject });
        void work();
      }),
    close: () => {
      isClosed = true;
      return letGo();
    },
  };
}
