import type { Booking } from '../../sales/index.ts';
import type { Holder } from './queries/holders.ts';

/** A ticket by its number in the booking. */
export type NumberedTicket = { number: number; ticketTypeId: string };

/** A ticket and the buyer who holds it. */
export type HeldTicket = NumberedTicket & { buyerKey: string };

/** What somebody has in a booking: whether it is theirs, and the tickets that they hold. Of an account these may be several buyers. */
export type Reach = { isBooker: boolean; tickets: readonly HeldTicket[] };

/** Tickets of a booking are numbered from 1, through its lines in their order. */
export function numberTickets(lines: readonly { ticketTypeId: string; quantity: number }[]): NumberedTicket[] {
  const typeIds = lines.flatMap(({ ticketTypeId, quantity }) => Array.from({ length: quantity }, () => ticketTypeId));
  return typeIds.map((ticketTypeId, index) => ({ number: index + 1, ticketTypeId }));
}

/**
 * What of a booking is in somebody's reach; null if nothing is, as if there were no such booking. Before tickets are issued they
 * are of who booked; from then on of who holds them, and those that were given back are nobody's.
 */
export function reachOf(
  { lines, buyerKey: booker }: Pick<Booking, 'lines' | 'buyerKey'>,
  holders: ReadonlyMap<number, Holder>,
  buyerKeys: readonly string[],
): Reach | null {
  const isBooker = buyerKeys.includes(booker);
  const tickets = numberTickets(lines).flatMap((ticket) => {
    const { buyerKey, isValid } = holders.get(ticket.number) ?? { buyerKey: booker, isValid: true };
    return isValid && buyerKeys.includes(buyerKey) ? [{ ...ticket, buyerKey }] : [];
  });
  return isBooker || tickets.length > 0 ? { isBooker, tickets } : null;
}
