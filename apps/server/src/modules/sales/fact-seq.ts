import type { Statement } from '../../platform/db/index.ts';
import { ms } from './lane/sql-text.ts';

/**
 * For lanes of other modules, which number their facts from the same head under the same lock: the batch's time, taken once the
 * lock is there, and the number of the last fact.
 */
export const READ_FACT_SEQ: Statement = {
  name: 'head_fact_seq',
  text: `select floor(${ms('clock_timestamp()')}), fact_seq::float8 from sales.heads where event_id = $1`,
};

/** What is sold has not changed: the versions that caches go by stay. */
export const RAISE_FACT_SEQ: Statement = {
  name: 'head_raise_fact_seq',
  text: 'update sales.heads set fact_seq = fact_seq + $2 where event_id = $1',
};
