import type { Db } from '../../platform/db/index.ts';
import type { Lanes } from './lane/lanes.ts';

/** What the use cases of this module stand on. */
export type Sales = { readonly db: Db; readonly lanes: Lanes };
