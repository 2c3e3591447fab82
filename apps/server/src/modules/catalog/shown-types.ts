import { priceTags, type SaleView, type TicketTypeTerms } from '../sales/index.ts';
import type { TicketTypeWords } from './words.ts';

/** A ticket type that a buyer may see. `left` is what can still be held. */
export type ShownType = { id: string; words: TicketTypeWords; terms: TicketTypeTerms; left: number };

/** Who looks: a buyer, perhaps with an access code, or the organizer's side, which sees everything. */
export type Viewer = { kind: 'buyer'; accessCode: string | null } | { kind: 'organizer' };

/** The ticket types that the viewer sees, in the organizer's order. Those without words are not finished. */
export function shownTypes(sale: SaleView, words: ReadonlyMap<string, TicketTypeWords>, viewer: Viewer): ShownType[] {
  return sale.ticketTypes
    .filter(({ terms }) => opens(viewer, terms.accessCode))
    .flatMap((type) => {
      const own = words.get(type.id);
      return own ? [{ id: type.id, words: own, terms: type.terms, left: type.left }] : [];
    });
}

function opens(viewer: Viewer, accessCode: string | null): boolean {
  return viewer.kind === 'organizer' || accessCode === null || viewer.accessCode === accessCode;
}

/**
 * The least that a ticket costs, with fees and taxes, of the types that need no access code and are no add-ons; null if there
 * are none.
 */
export function lowestPriceMinor(sale: SaleView): number | null {
  const tags = priceTags(sale);
  const open = sale.ticketTypes.filter(({ terms }) => terms.accessCode === null && terms.addOn === null);
  const prices = open.map(({ id, terms }) => tags.get(id)?.toPayMinor ?? terms.priceMinor);
  return prices.length === 0 ? null : Math.min(...prices);
}
