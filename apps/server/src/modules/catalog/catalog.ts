import type { Clock } from '../../platform/clock/index.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import type { Sales } from '../sales/index.ts';

/** What the use cases of this module stand on. */
export type Catalog = {
  readonly db: Db;
  readonly sales: Sales;
  readonly clock: Clock;
  /** What other modules keep with an event: each deletes a page of it, and answers false if nothing is left. */
  readonly purges?: readonly ((tx: Tx, eventId: string) => Promise<boolean>)[];
};
