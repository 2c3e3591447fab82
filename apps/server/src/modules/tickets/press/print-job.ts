import type { ReceiptDocument, ReceiptOptions, TicketDocument, TicketOptions } from '../documents/index.ts';

/** What is to be printed: plain data, so that it can go to another thread. */
export type PrintJob =
  | { kind: 'tickets'; tickets: readonly TicketDocument[]; options: Pick<TicketOptions, 'format' | 'locale'> }
  | { kind: 'receipt'; receipt: ReceiptDocument; options: Pick<ReceiptOptions, 'locale'> };

/** What the thread answers, job by job in their order. */
export type Printed = { kind: 'printed'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'failed'; error: Error };

/** About how many pages a job has: a document by itself costs as much as three pages more. */
export function weightOf(job: PrintJob): number {
  return 3 + (job.kind === 'tickets' ? job.tickets.length : 1);
}
