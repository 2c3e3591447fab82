import type { Statement } from '../../../platform/db/index.ts';

export type Value = string | number | Buffer | null;

/** Adds a statement about the batch's event, whose id is its first value, to the second round trip. */
export type Add = (statement: Statement, ...values: Value[]) => void;
