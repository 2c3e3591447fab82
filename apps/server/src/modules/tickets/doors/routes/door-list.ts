import {
  DOOR_PAGE_DEFAULT,
  DoorList,
  DoorListQuery,
  MEMBER_PROBLEMS,
  OwnEventPath,
  problemResponses,
  type DoorTicket,
} from '@tessera/contract';
import { invalidField, type HttpServer } from '../../../../platform/http/index.ts';
import { formatCellId, formatTicketId, parseTicketId } from '../../../../platform/ids/index.ts';
import { listChanges, listTickets } from '../list-tickets.ts';
import type { ListedTicket, TicketPlace } from '../queries/door-list.ts';
import { common, type DoorRoutes } from './documents.ts';

const schema = {
  ...common,
  operationId: 'readDoorList',
  summary: 'What a door without connection must know',
  description:
    'All tickets page by page, then what has changed `since` the cursor of the first page. Codes are verified with the public keys of the event.',
  params: OwnEventPath,
  querystring: DoorListQuery,
  response: { 200: DoorList, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function doorListRoute(http: HttpServer, { doors, requireOwnEvent }: DoorRoutes): void {
  const path = '/api/v1/organizations/:id/events/:event_id/door-list';
  http.get(path, { schema, config: { permission: 'tickets.scan' } }, async (request) => {
    const { eventId } = await requireOwnEvent(request);
    const { limit = DOOR_PAGE_DEFAULT, starting_after: startingAfter, since } = request.query;
    if (startingAfter !== undefined && since !== undefined) throw invalidField('/query/since', 'goes on by itself, without starting_after');
    const page =
      since === undefined
        ? await listTickets(doors, { eventId, after: placeOf(startingAfter, eventId), limit })
        : await listChanges(doors, eventId, Number(since));
    const names = await doors.readNames({ eventId, tickets: page.tickets });
    const data = page.tickets.map((ticket, index) => present(eventId, ticket, names[index] ?? null));
    return { data, has_more: page.hasMore, cursor: String(page.seq) };
  });
}

function placeOf(text: string | undefined, eventId: string): TicketPlace | null {
  if (text === undefined) return null;
  const ticket = parseTicketId(text);
  if (ticket?.eventId !== eventId) throw invalidField('/query/starting_after', 'must be the id of a ticket of this event');
  return ticket;
}

function present(eventId: string, ticket: ListedTicket, holderName: string | null): DoorTicket {
  const { bookingId, number, ticketTypeId, state, issue, secretCheck, admittedAt, leftAt, gateId } = ticket;
  return {
    id: formatTicketId({ eventId, bookingId, number }),
    ticket_type_id: formatCellId('typ', eventId, ticketTypeId),
    ...{ state, issue },
    holder_name: holderName,
    secret_check: secretCheck,
    admitted_at: admittedAt?.toISOString() ?? null,
    left_at: leftAt?.toISOString() ?? null,
    gate_id: gateId === null ? null : formatCellId('gat', eventId, gateId),
  };
}
