import {
  ATTENDEE_PAGE_DEFAULT,
  AttendeePath,
  BODY_PROBLEMS,
  ChangeAttendeeBody,
  ListAttendeesQuery,
  MEMBER_PROBLEMS,
  OrganizerAttendee,
  OrganizerAttendeeList,
  OwnEventPath,
  problemResponses,
} from '@tessera/contract';
import { formatCellId, formatTicketId } from '../../../../platform/ids/index.ts';
import type { HttpServer } from '../../../../platform/http/index.ts';
import { noSuchTicket, ticketOfPath, ticketOfQuery } from '../../routes/ids-of-path.ts';
import { requireOwnEvent } from '../../../catalog/index.ts';
import { memberSecurity } from '../../../organizations/index.ts';
import { presentAnswers } from '../body.ts';
import { changeAttendeeName } from '../change-attendee.ts';
import type { OrganizerAttendees } from '../context.ts';
import { listAttendees, readAttendee, type ListedAttendee } from '../list-attendees.ts';

export const ATTENDEES_PATH = '/api/v1/organizations/:id/events/:event_id/attendees';

const common = { tags: ['selling'], security: memberSecurity };

const listSchema = {
  ...common,
  operationId: 'listAttendees',
  summary: 'Who comes to an event',
  description: 'Valid tickets by booking and number, with names and answers where there are any.',
  params: OwnEventPath,
  querystring: ListAttendeesQuery,
  response: { 200: OrganizerAttendeeList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const changeSchema = {
  ...common,
  operationId: 'changeAttendee',
  summary: 'Put another name on a ticket',
  params: AttendeePath,
  body: ChangeAttendeeBody,
  response: { 200: OrganizerAttendee, ...problemResponses(...MEMBER_PROBLEMS, ...BODY_PROBLEMS) },
};

export function organizerAttendeesRoutes(http: HttpServer, context: OrganizerAttendees): void {
  const { attendees } = context;
  http.get(ATTENDEES_PATH, { schema: listSchema, config: { permission: 'attendees.read' } }, async (request, reply) => {
    const { eventId } = await requireOwnEvent(context, request);
    const { limit = ATTENDEE_PAGE_DEFAULT, starting_after: text } = request.query;
    const after = text === undefined ? null : ticketOfQuery(text, { eventId });
    const found = await listAttendees(attendees, { eventId, after, limit: limit + 1 });
    reply.header('cache-control', 'private, no-store');
    return { data: found.slice(0, limit).map((one) => present(eventId, one)), has_more: found.length > limit };
  });

  http.patch(
    `${ATTENDEES_PATH}/:ticket_id`,
    { schema: changeSchema, config: { permission: 'attendees.change' } },
    async (request, reply) => {
      const { member, eventId } = await requireOwnEvent(context, request);
      const ticket = ticketOfPath(request.params.ticket_id, eventId);
      const isThere = await changeAttendeeName(context, { ticket, member }, request.body.name);
      const after = isThere ? await readAttendee(attendees, ticket) : null;
      if (!after) throw noSuchTicket();
      reply.header('cache-control', 'private, no-store');
      return present(eventId, after);
    },
  );
}

function present(eventId: string, attendee: ListedAttendee): OrganizerAttendee {
  const { bookingId, number, ticketTypeId, name, email, answers, bookingAnswers } = attendee;
  return {
    ticket_id: formatTicketId({ eventId, bookingId, number }),
    booking_id: formatCellId('bkg', eventId, bookingId),
    number,
    ticket_type_id: formatCellId('typ', eventId, ticketTypeId),
    name,
    email,
    answers: presentAnswers(eventId, answers),
    booking_answers: presentAnswers(eventId, bookingAnswers),
  };
}
