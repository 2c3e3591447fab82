import { invariant } from '../../../platform/invariant.ts';
import { readSale } from '../../sales/index.ts';
import type { SaleView } from '../../sales/index.ts';
import type { Catalog } from '../catalog.ts';

/** The sale as it stands after a command on it; it exists, since events are never deleted. */
export async function requireSale(catalog: Catalog, eventId: string): Promise<SaleView> {
  const sale = await readSale(catalog.sales, eventId);
  invariant(sale, `event ${eventId} was configured and has no sale`);
  return sale;
}
