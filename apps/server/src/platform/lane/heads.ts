import type { Statement } from '../db/index.ts';

/**
 * The one row of each event whose lock orders the batches of all servers, and of all lanes that write in the event. One
 * module owns it; the others take it from there, so that all lock the same row.
 */
export type Heads = {
  /** Locks the head of the event `$1`, alone: what is read in the same statement is of the time before the wait. */
  readonly lock: Statement;
  /** Which of these events have a head. */
  find(eventIds: readonly string[]): Promise<readonly string[]>;
};
