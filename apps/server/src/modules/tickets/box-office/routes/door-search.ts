import { DoorSearch, DoorSearchQuery, MEMBER_PROBLEMS, OwnEventPath, problemResponses } from '@tessera/contract';
import type { HttpServer } from '../../../../platform/http/index.ts';
import type { BoxOfficeRoutes } from '../context.ts';
import { readGuests } from '../find-guests.ts';
import { presentFound } from '../present-guest.ts';
import { readNamedTickets } from '../named-tickets.ts';
import { searchBookings } from '../search.ts';
import { common } from './documents.ts';

const schema = {
  ...common,
  operationId: 'searchAtDoor',
  summary: 'Find tickets by a name, or by the id of a booking or ticket',
  params: OwnEventPath,
  querystring: DoorSearchQuery,
  response: { 200: DoorSearch, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function doorSearchRoute(http: HttpServer, { office, requireOwnEvent }: BoxOfficeRoutes): void {
  const path = '/api/v1/organizations/:id/events/:event_id/door-search';
  http.get(path, { schema, config: { permission: 'tickets.scan' } }, async (request) => {
    const { eventId } = await requireOwnEvent(request);
    const bookingIds = await searchBookings(office, eventId, request.query.q);
    const [guests, tickets] = await Promise.all([readGuests(office, eventId, bookingIds), readNamedTickets(office, eventId, bookingIds)]);
    const found = bookingIds.filter((bookingId) => tickets.some((ticket) => ticket.bookingId === bookingId));
    return { data: found.map((bookingId) => presentFound(eventId, { bookingId, guest: guests.get(bookingId) ?? null, tickets })) };
  });
}
