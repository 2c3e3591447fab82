import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { renderReceiptPdf, renderTicketPdf } from '../documents/index.ts';
import type { PrintJob, Printed } from './print-job.ts';

/** The thread that prints. It is sent one job after the other, and keeps the fonts that it has read. */
parentPort?.on('message', (job: PrintJob) => {
  void print(job).then((printed) => parentPort?.postMessage(printed, printed.kind === 'printed' ? [printed.bytes.buffer] : []));
});

/** A third of what a thread that sells is given where both want a core. With less, a crowd on a small machine would get no ticket printed. */
const NICE = 5;

// On Linux alone the number 0 means this thread; elsewhere it would be the whole server.
if (process.platform === 'linux') setPriority(0, NICE);

async function print(job: PrintJob): Promise<Printed> {
  try {
    // Copied: a buffer of Node may be a part of a larger one, which cannot be handed over.
    return { kind: 'printed', bytes: new Uint8Array(await render(job)) };
  } catch (error) {
    return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function render(job: PrintJob): Promise<Buffer> {
  return job.kind === 'tickets' ? renderTicketPdf(job.tickets, job.options) : renderReceiptPdf(job.receipt, job.options);
}
