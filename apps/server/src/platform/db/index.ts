export { openDb } from './db.ts';
export type { Db, Queryable, Tx } from './db.ts';
export { connectOnce } from './connect-once.ts';
export { migrate } from './migrate.ts';
export { openLaneConnection } from './lane-connection.ts';
export type { LaneConnection } from './lane-connection.ts';
export type { Call, CallResult, Statement } from './round-trip.ts';
export { bigintArray, booleanArray, doubleArray, integerArray, jsonArray, textArray, uuidArray, uuidArrayOfBytes } from './sql-array.ts';
export { deletePage } from './delete-page.ts';
