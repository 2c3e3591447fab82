import {
  DESK_PAGE_DEFAULT,
  DeskBooking,
  GuestBody,
  GuestList,
  ListGuestsQuery,
  MEMBER_PROBLEMS,
  OwnEventPath,
  problemResponses,
} from '@tessera/contract';
import { invalidField, replayed, type HttpServer } from '../../../../platform/http/index.ts';
import { parseCellId } from '../../../../platform/ids/index.ts';
import type { BoxOfficeRoutes } from '../context.ts';
import { findGuests } from '../find-guests.ts';
import { presentGuest } from '../present-guest.ts';
import { readNamedTickets } from '../named-tickets.ts';
import { answerSale } from './answer-sale.ts';
import { common, deskProblems } from './documents.ts';

const listSchema = {
  ...common,
  operationId: 'listGuests',
  summary: 'The guest list of an event',
  params: OwnEventPath,
  querystring: ListGuestsQuery,
  response: { 200: GuestList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const inviteSchema = {
  ...common,
  operationId: 'addGuest',
  summary: 'Put somebody on the guest list',
  description: 'The tickets are there at once and cost nothing. At the door they are let in by the name: scan them by their ids.',
  params: OwnEventPath,
  body: GuestBody,
  response: { 200: replayed(DeskBooking), 201: DeskBooking, ...problemResponses(...deskProblems) },
};

const PATH = '/api/v1/organizations/:id/events/:event_id/guests';

export function guestRoutes(http: HttpServer, parts: BoxOfficeRoutes): void {
  const { office, requireOwnEvent } = parts;
  http.get(PATH, { schema: listSchema, config: { permission: 'tickets.scan' } }, async (request) => {
    const { eventId } = await requireOwnEvent(request);
    const { name = null, limit = DESK_PAGE_DEFAULT, starting_after: startingAfter } = request.query;
    const afterBookingId = startingAfter === undefined ? null : placeOf(startingAfter, eventId);
    const guests = await findGuests(office, { eventId, kind: 'guest', name, afterBookingId, limit: limit + 1 });
    const shown = guests.slice(0, limit);
    const bookingIds = shown.map((guest) => guest.bookingId);
    const tickets = await readNamedTickets(office, eventId, bookingIds);
    return { data: shown.map((guest) => presentGuest(eventId, guest, tickets)), has_more: guests.length > limit };
  });
  http.post(PATH, { schema: inviteSchema, config: { permission: 'box_office.sell' } }, async (request, reply) => {
    const { name, ticket_type_id: text, quantity, stock = 'public', note = null } = request.body;
    return answerSale(parts, { request, reply }, (eventId) => {
      const lines = [{ ticketTypeId: typeOf(text, eventId), quantity }];
      return { kind: 'guest', lines, tender: 'none', stock, name, note, expectedTotalMinor: null };
    });
  });
}

function placeOf(text: string, eventId: string): string {
  const ids = parseCellId('bkg', text);
  if (ids?.eventId !== eventId) throw invalidField('/query/starting_after', 'must be the id of a booking of this event');
  return ids.id;
}

function typeOf(text: string, eventId: string): string {
  const ids = parseCellId('typ', text);
  if (ids?.eventId !== eventId) throw invalidField('/ticket_type_id', 'must be the id of a ticket type of this event');
  return ids.id;
}
