import type { TicketTypeAnswer } from '@tessera/contract';
import type { Member } from '../../organizations/index.ts';
import type { Catalog } from '../catalog.ts';
import { presentTicketType } from '../present-terms.ts';
import { readTicketTypeWords } from '../queries/ticket-types.ts';
import type { OwnEvent } from './own-event.ts';
import { requireSale } from './require-sale.ts';

/** A code sells what is hidden: whoever may not set one does not see it either. */
export function maySeeCodes({ permissions }: Member): boolean {
  return permissions.has('events.change');
}

/** A ticket type that was just created or changed, as it stands and as the member may see it. */
export async function answerTicketType(catalog: Catalog, { member, eventId }: OwnEvent, ticketTypeId: string): Promise<TicketTypeAnswer> {
  const sale = await requireSale(catalog, eventId);
  const words = (await readTicketTypeWords(catalog.db, eventId)).get(ticketTypeId);
  return presentTicketType(sale, { ticketTypeId, words, showsCode: maySeeCodes(member) });
}
