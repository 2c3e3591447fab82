import type { Changes } from '../decide/changes.ts';
import type { SaleState } from '../decide/state.ts';
import type { Add } from './write-calls.ts';

/** What was decided, and how to add statements about it; the event's id is the first value of each. */
export type LanePartBatch = { state: SaleState; changes: Changes; nowMs: number; add: Add };

/**
 * What another module writes in a lane's transaction, to tables of its own: tickets, the money ledger. It runs between the
 * two round trips: no hash, no signature, nothing that waits. Where there is nothing for it, it adds nothing.
 */
export type LanePart = { write(batch: LanePartBatch): void };
