import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Sales } from '../sales/index.ts';

/** What the use cases of this module stand on. */
export type Catalog = {
  readonly db: Db;
  readonly sales: Sales;
  readonly clock: Clock;
};
