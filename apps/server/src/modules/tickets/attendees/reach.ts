import type { Booking } from '../../sales/index.ts';
import type { Holder } from './queries/holders.ts';

/** A ticket by its number in the booking. */
export type NumberedTicket = { number: number; ticketTypeId: string };

/** What a buyer has in a booking: whether it is theirs, and the tickets that they hold. */
export type Reach = { isBooker: boolean; tickets: readonly NumberedTicket[] };

/** Tickets of a booking are numbered from 1, through its lines in their order. */
export function numberTickets(lines: readonly { ticketTypeId: string; quantity: number }[]): NumberedTicket[] {
  const typeIds = lines.flatMap(({ ticketTypeId, quantity }) => Array.from({ length: quantity }, () => ticketTypeId));
  return typeIds.map((ticketTypeId, index) => ({ number: index + 1, ticketTypeId }));
}

/**
 * What of a booking is in a buyer's reach; null if nothing is, as if there were no such booking. Before tickets are issued they
 * are of who booked; from then on of who holds them, and those that were given back are nobody's.
 */
export function reachOf(
  { lines, buyerKey: booker }: Pick<Booking, 'lines' | 'buyerKey'>,
  holders: ReadonlyMap<number, Holder>,
  buyerKey: string,
): Reach | null {
  const isBooker = buyerKey === booker;
  const tickets = numberTickets(lines).filter(({ number }) => {
    const holder = holders.get(number);
    return holder ? holder.isValid && holder.buyerKey === buyerKey : isBooker;
  });
  return isBooker || tickets.length > 0 ? { isBooker, tickets } : null;
}
