import type { Sales } from './context.ts';
import { isPublic } from './event-states.ts';
import { readSale } from './read-sale.ts';

/** Whether everybody may know of an event’s sale; of one that does not exist nobody. */
export async function isEventPublic(sales: Sales, eventId: string): Promise<boolean> {
  const sale = await readSale(sales, eventId);
  return sale !== null && isPublic(sale.terms.state);
}
