import { Worker } from 'node:worker_threads';
import { invariant } from '../../../platform/invariant.ts';
import type { PrintJob, Printed } from './print-job.ts';

/** A thread that prints one job after the other. Once it has failed or taken too long it has ended for good, and the job with it. */
export type PressThread = {
  /** Not before the last one is answered. */
  print(job: PrintJob): Promise<Buffer>;
  hasEnded(): boolean;
  end(): Promise<void>;
};

/**
 * In MB. The largest file needs some 100 of the heap. Left to itself the young part grows before it is tidied up, and the process is
 * half as large again for ever after (450 MB instead of 310).
 */
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

type Pending = { resolve(bytes: Buffer): void; reject(error: Error): void; timer: NodeJS.Timeout };

export function openPressThread(jobMsMax: number): PressThread {
  // It needs none of the settings, and no secrets.
  const options = { name: 'press', env: {}, resourceLimits: HEAP };
  const worker = new Worker(new URL('./press-worker.ts', import.meta.url), options);
  let pending: Pending | null = null;
  let hasEnded = false;

  function settle(answer: (job: Pending) => void): void {
    const job = pending;
    pending = null;
    // A process that has nothing else to do may end.
    worker.unref();
    if (job === null) return;
    clearTimeout(job.timer);
    answer(job);
  }

  function fail(error: Error): void {
    hasEnded = true;
    settle((job) => job.reject(error));
  }

  async function end(error: Error): Promise<void> {
    fail(error);
    await worker.terminate();
  }

  worker.on('message', (printed: Printed) =>
    settle((job) => (printed.kind === 'printed' ? job.resolve(Buffer.from(printed.bytes.buffer)) : job.reject(printed.error))),
  );
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that prints has ended.')));
  return {
    print: (job) =>
      new Promise((resolve, reject) => {
        invariant(pending === null && !hasEnded, 'a thread that lives prints one document at a time');
        const tooLong = (): void => void end(new Error(`A document was not printed within ${jobMsMax} ms.`));
        pending = { resolve, reject, timer: setTimeout(tooLong, jobMsMax) };
        worker.ref();
        worker.postMessage(job);
      }),
    hasEnded: () => hasEnded,
    end: () => end(new Error('Printing was ended.')),
  };
}
