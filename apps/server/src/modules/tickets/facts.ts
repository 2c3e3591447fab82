import type { Fact } from '../../platform/facts/index.ts';
import type { Ticket } from './queries/tickets.ts';

/** The facts of a ticket are told of its booking, whose id and number name it. They hold no secret and no address. */
export function reissuedFact(bookingId: string, { number, issue, buyerKey }: Ticket): Fact {
  return { type: 'ticket.reissued', subjectId: bookingId, payload: JSON.stringify({ number, issue, buyer_key: buyerKey }) };
}

export function transferredFact(bookingId: string, { number, issue, buyerKey }: Ticket, fromBuyerKey: string): Fact {
  const payload = { number, issue, from_buyer_key: fromBuyerKey, buyer_key: buyerKey };
  return { type: 'ticket.transferred', subjectId: bookingId, payload: JSON.stringify(payload) };
}
