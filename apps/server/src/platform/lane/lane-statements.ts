import type { Call, Statement } from '../db/index.ts';

/** The statements around a batch, whatever it reads and writes. */
export const BEGIN: Statement = { name: 'lane_begin', text: 'begin isolation level read committed' };

/** How long the lock was waited for, in milliseconds: sent right behind it, in the same round trip. */
export const READ_LOCK_WAIT: Statement = {
  name: 'lane_lock_wait',
  text: 'select (extract(epoch from clock_timestamp() - now()) * 1000)::float8',
};

const COMMIT: Statement = { name: 'lane_commit', text: 'commit' };
export const ROLLBACK: Statement = { name: 'lane_rollback', text: 'rollback' };

export const COMMIT_CALL: Call = { statement: COMMIT, values: [] };
export const ROLLBACK_CALL: Call = { statement: ROLLBACK, values: [] };
