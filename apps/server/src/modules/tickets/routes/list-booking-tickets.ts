import { BookingPath, ListTicketsQuery, problemResponses, TICKET_PAGE_DEFAULT, TicketList } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { TicketsRoutes } from '../context.ts';
import { presentTicket } from '../present-ticket.ts';
import { awaitTicketsOf, readTicketsOf } from '../read-tickets.ts';
import { asHolder, holderProblems } from './documents.ts';
import { bookingOfPath, ticketOfQuery } from './ids-of-path.ts';

const schema = {
  ...asHolder,
  operationId: 'listBookingTickets',
  summary: 'The tickets of a booking, by number',
  description:
    'Who booked sees all of them, without the codes of those that others have now; others see the ones that they have. Before the booking is confirmed there are none.',
  params: BookingPath,
  querystring: ListTicketsQuery,
  response: { 200: TicketList, ...problemResponses(...holderProblems) },
};

/** On the path of every sale: nothing has to be filtered out, and one flat string is written, as for a booking just placed. */
const serializerCompiler = () => JSON.stringify;

export function listBookingTicketsRoute(http: HttpServer, { tickets, requireHolder }: TicketsRoutes): void {
  const options = { schema, serializerCompiler, config: { audience: 'holder' } } as const;
  http.get('/api/v1/bookings/:id/tickets', options, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const { eventId, bookingId } = bookingOfPath(request.params.id);
    const { limit = TICKET_PAGE_DEFAULT, starting_after: after, wait_seconds: waitSeconds = 0 } = request.query;
    const afterNumber = after === undefined ? 0 : ticketOfQuery(after, { eventId, bookingId }).number;
    const asked = { eventId, bookingId, buyerKeys, afterNumber, limit };
    const patience = { waitMs: waitSeconds * 1_000, isGone: () => request.raw.socket.destroyed };
    const page = await (waitSeconds === 0 ? readTicketsOf(tickets, asked) : awaitTicketsOf(tickets, asked, patience));
    if (!page) throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
    reply.header('cache-control', 'private, no-store');
    const place = { eventId, bookingId, nowMs: tickets.clock.nowMs() };
    return { data: page.tickets.map((ticket) => presentTicket(ticket, place)), has_more: page.hasMore };
  });
}
