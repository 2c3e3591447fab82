import type { Call, CallResult, Statement } from '../../../platform/db/index.ts';
import { insertFacts, type FactBatch } from '../../../platform/facts/index.ts';
import { ms } from './sql-text.ts';

/** For lanes of other modules on the same heads: read and written under the head's lock, like everything of an event. */
const READ: Statement = {
  name: 'lane_fact_seq',
  text: `select fact_seq::float8, floor(${ms('clock_timestamp()')}) from sales.heads where event_id = $1`,
};

const MOVE: Statement = { name: 'lane_move_fact_seq', text: 'update sales.heads set fact_seq = fact_seq + $2 where event_id = $1' };

/** Asks where the facts of an event stand, and for the batch's time; `parseFactNumbers` reads the answer. */
export function readFactNumbers(eventId: string): Call {
  return { statement: READ, values: [eventId] };
}

/** The number of the event's last fact, and the batch's time in milliseconds since 1970; null if there is no such event. */
export function parseFactNumbers({ rows }: CallResult): { seq: number; nowMs: number } | null {
  const [row] = rows;
  return row ? { seq: Number(row[0]), nowMs: Number(row[1]) } : null;
}

/** The statements that write facts with the numbers behind `seq`; none where there are no facts. */
export function writeNumberedFacts(batch: FactBatch): Call[] {
  if (batch.facts.length === 0) return [];
  return [{ statement: MOVE, values: [batch.eventId, batch.facts.length] }, insertFacts(batch)];
}
