import type { Db } from '../../platform/db/index.ts';
import type { Lanes } from '../../platform/lane/index.ts';
import type { Command } from './commands.ts';
import type { Outcome } from './outcomes.ts';

/** What the use cases of this module stand on. */
export type Sales = { readonly db: Db; readonly lanes: Lanes<Command, Outcome> };
