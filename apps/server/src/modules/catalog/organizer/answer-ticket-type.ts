import type { TicketTypeAnswer } from '@tessera/contract';
import type { Catalog } from '../catalog.ts';
import { presentTicketType } from '../present-terms.ts';
import { readTicketTypeWords } from '../queries/ticket-types.ts';
import { requireSale } from './require-sale.ts';

/** A ticket type that was just created or changed, as it stands. */
export async function answerTicketType(catalog: Catalog, eventId: string, ticketTypeId: string): Promise<TicketTypeAnswer> {
  const sale = await requireSale(catalog, eventId);
  return presentTicketType(sale, ticketTypeId, (await readTicketTypeWords(catalog.db, eventId)).get(ticketTypeId));
}
