import type { TicketTypeAnswer } from '@tessera/contract';
import type { CellId } from '../../../platform/ids/index.ts';
import type { Catalog } from '../catalog.ts';
import { presentTicketType } from '../present-terms.ts';
import { readTicketTypeWords } from '../queries/ticket-types.ts';
import { requireSale } from './require-sale.ts';

/** A ticket type that was just created or changed, as it stands. */
export async function answerTicketType(catalog: Catalog, { eventId, id }: CellId): Promise<TicketTypeAnswer> {
  const sale = await requireSale(catalog, eventId);
  const words = (await readTicketTypeWords(catalog.db, eventId)).get(id);
  // A type whose creation broke off before its words can be changed all the same.
  return presentTicketType(sale, id, words ?? { name: '', description: '' });
}
