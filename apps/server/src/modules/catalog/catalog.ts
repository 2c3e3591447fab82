import type { Clock } from '../../platform/clock/index.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import type { Sales } from '../sales/index.ts';

/** Deletes a page of what another module keeps with an event, in the given transaction; false if nothing is left of it. */
export type PurgePart = (tx: Tx, eventId: string) => Promise<boolean>;

/** What the use cases of this module stand on. */
export type Catalog = {
  readonly db: Db;
  readonly sales: Sales;
  readonly clock: Clock;
  /** What else goes with a test event: modules that this one does not know. */
  readonly purges: readonly PurgePart[];
};
