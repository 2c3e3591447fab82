import { readSale } from '../../sales/index.ts';
import type { SaleView } from '../../sales/index.ts';
import type { Catalog } from '../catalog.ts';
import { noSuchEvent } from '../parse-ids.ts';

/** The sale of an event as it stands. Only a test event ever ceases to have one: it is being purged. */
export async function requireSale(catalog: Catalog, eventId: string): Promise<SaleView> {
  const sale = await readSale(catalog.sales, eventId);
  if (!sale) throw noSuchEvent();
  return sale;
}
