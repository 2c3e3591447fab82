import {
  BOOKING_MONEY_PAGE_DEFAULT,
  BookingMoney,
  EventBookingList,
  ListEventBookingsQuery,
  MEMBER_PROBLEMS,
  OwnBookingPath,
  OwnEventPath,
  problemResponses,
} from '@tessera/contract';
import { invalidField, type HttpServer } from '../../../platform/http/index.ts';
import { parseCellId } from '../../../platform/ids/index.ts';
import { requireOwnEvent } from '../../catalog/index.ts';
import { presentBooking } from '../../sales/index.ts';
import { listBookings, readBookingMoney } from '../bookings/list-bookings.ts';
import { presentMoney } from '../bookings/present-money.ts';
import { common, noSuchBooking, requireOwnBooking, type OrganizerRoutes } from './organizer-context.ts';

const PATH = '/api/v1/organizations/:id/events/:event_id/bookings';

const list = {
  ...common,
  operationId: 'listEventBookings',
  summary: 'The bookings of an event that money moved for, as they stand',
  params: OwnEventPath,
  querystring: ListEventBookingsQuery,
  response: { 200: EventBookingList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const read = {
  ...common,
  operationId: 'readEventBooking',
  summary: 'A booking with all that its money did',
  params: OwnBookingPath,
  response: { 200: BookingMoney, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function listBookingsRoutes(http: HttpServer, context: OrganizerRoutes): void {
  const { payments } = context;
  const config = { permission: 'bookings.read' } as const;
  http.get(PATH, { schema: list, config }, async (request, reply) => {
    const { eventId } = await requireOwnEvent(context, request);
    const { limit = BOOKING_MONEY_PAGE_DEFAULT, starting_after: text } = request.query;
    const after = text === undefined ? null : parseCellId('bkg', text);
    if (text !== undefined && after?.eventId !== eventId) {
      throw invalidField('/query/starting_after', 'must be the id of a booking of this event');
    }
    const { bookings, nowMs, hasMore } = await listBookings(payments, { eventId, after: after?.id ?? null, limit });
    reply.header('cache-control', 'private, no-store');
    return { data: bookings.map((booking) => presentBooking(eventId, booking, nowMs)), has_more: hasMore };
  });

  http.get(`${PATH}/:booking_id`, { schema: read, config }, async (request, reply) => {
    const { eventId, bookingId } = await requireOwnBooking(context, request);
    const money = await readBookingMoney(payments, eventId, bookingId);
    if (!money) throw noSuchBooking();
    reply.header('cache-control', 'private, no-store');
    return presentMoney(eventId, money);
  });
}
