import type { Catalog } from '../../modules/catalog/index.ts';

/** What the pages stand on. */
export type PagesContext = { catalog: Catalog };
