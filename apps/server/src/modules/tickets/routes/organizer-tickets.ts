import {
  EmptyBody,
  ListOrganizerTicketsQuery,
  MEMBER_PROBLEMS,
  OrganizerTicket,
  OrganizerTicketList,
  OwnEventPath,
  OwnTicketPath,
  problemResponses,
  TICKET_PAGE_DEFAULT,
} from '@tessera/contract';
import { idempotencyKeyOf, markAnswer, type HttpServer } from '../../../platform/http/index.ts';
import { formatTicketId, uuidFromText } from '../../../platform/ids/index.ts';
import { requireOwnEvent } from '../../catalog/index.ts';
import { buildKeyedReader } from '../../sales/index.ts';
import type { TicketsRoutes } from '../context.ts';
import { presentOrganizerTicket } from '../present-ticket.ts';
import { listTickets } from '../queries/tickets.ts';
import { reissueTicket } from '../reissue-ticket.ts';
import { asMember, memberBodyProblems } from './documents.ts';
import { cellIdOfQuery, ticketOfPath, ticketOfQuery } from './ids-of-path.ts';
import { problemOfTicket } from './problem-of-ticket.ts';

const PATH = '/api/v1/organizations/:id/events/:event_id/tickets';
const BEFORE_ALL = { bookingId: '00000000-0000-0000-0000-000000000000', number: 0 };

const listSchema = {
  ...asMember,
  operationId: 'listTickets',
  summary: 'Tickets of an event, by booking and number',
  description: 'Those alone that have all that is asked for.',
  params: OwnEventPath,
  querystring: ListOrganizerTicketsQuery,
  response: { 200: OrganizerTicketList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const reissueSchema = {
  ...asMember,
  operationId: 'reissueTicketForHolder',
  summary: 'Give a holder another code',
  description:
    'The codes that the ticket had before are refused from then on. The holder reads the new one; who sells has it on printed tickets alone.',
  params: OwnTicketPath,
  body: EmptyBody,
  response: {
    200: OrganizerTicket,
    ...problemResponses(
      ...memberBodyProblems,
      ...(['IDEMPOTENCY_KEY_INVALID', 'TICKETS_REVOKED', 'TICKETS_OFFERED_BACK', 'TICKETS_ISSUED_TOO_OFTEN'] as const),
    ),
  },
};

export function organizerTicketRoutes(http: HttpServer, { tickets, organizations }: TicketsRoutes): void {
  const owning = { catalog: tickets.catalog, organizations };
  // In the order of the key, whatever PostgreSQL believes of an event's length.
  const inOrder = buildKeyedReader(tickets.db);

  http.get(PATH, { schema: listSchema, config: { permission: 'tickets.read' } }, async (request, reply) => {
    const { eventId } = await requireOwnEvent(owning, request);
    const { limit = TICKET_PAGE_DEFAULT, ...asked } = request.query;
    const found = await listTickets(inOrder, { eventId, limit: limit + 1, ...filterOf(asked, eventId) });
    reply.header('cache-control', 'private, no-store');
    return { data: found.slice(0, limit).map((ticket) => presentOrganizerTicket(eventId, ticket)), has_more: found.length > limit };
  });

  http.post(`${PATH}/:ticket_id/reissue`, { schema: reissueSchema, config: { permission: 'tickets.change' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(owning, request);
    const key = ticketOfPath(request.params.ticket_id, eventId);
    const outcome = await reissueTicket(tickets, { key, buyerKeys: null, idempotencyKey: idempotencyKeyOf(request) });
    if (outcome.kind !== 'reissued') throw problemOfTicket(outcome.kind);
    const { ticket } = outcome;
    const after = { ticket_id: formatTicketId(key), issue: ticket.issue };
    const action = { what: 'ticket.reissued', subjectId: eventId, before: null, after };
    await organizations.recordActionOnce(member, action, uuidFromText(`${action.what} ${after.ticket_id} ${ticket.issue}`));
    markAnswer(reply, outcome.isRepeat, 200);
    return presentOrganizerTicket(eventId, { ...ticket, bookingId: key.bookingId });
  });
}

type Asked = { starting_after?: string; booking_id?: string; ticket_type_id?: string; state?: 'valid' | 'revoked'; admitted?: boolean };

function filterOf({ starting_after: after, booking_id: booking, ticket_type_id: type, state, admitted }: Asked, eventId: string) {
  return {
    after: after === undefined ? BEFORE_ALL : ticketOfQuery(after, { eventId }),
    bookingId: booking === undefined ? null : cellIdOfQuery('bkg', booking, { eventId, field: 'booking_id' }),
    ticketTypeId: type === undefined ? null : cellIdOfQuery('typ', type, { eventId, field: 'ticket_type_id' }),
    state: state ?? null,
    isAdmitted: admitted ?? null,
  };
}
