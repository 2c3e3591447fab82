import { Type, type Static } from 'typebox';
import { Email } from './accounts.ts';
import { BookingId, closed, EventId, nullable, ONE_LINE, OrganizationId, QuestionId, TicketTypeId } from './scalars.ts';
import { TicketId } from './tickets.ts';

export const ATTENDEE_NAME_CHARS_MAX = 200;
/** Of one body; a booking of more tickets is told about in several. */
const TICKETS_MAX = 1_000;
const ANSWERS_MAX = 100;
const NUMBER_MAX = 32_767;

const description =
  'By the kind of the question: text; a number; an option’s text for `choice`, a list of them for `choices`; true or false for `yes_no`; ' +
  'YYYY-MM-DD for `date`; two capital letters for `country`.';
const AnswerValue = Type.Union(
  [Type.String({ maxLength: 5_000 }), Type.Number(), Type.Boolean(), Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 })],
  { description },
);
const Answers = Type.Array(closed({ question_id: QuestionId, value: AnswerValue }), { maxItems: ANSWERS_MAX });
export const Answer = Type.Object({ question_id: QuestionId, value: AnswerValue }, { title: 'Answer' });
export type Answer = Static<typeof Answer>;
const TicketNumber = Type.Integer({
  minimum: 1,
  maximum: NUMBER_MAX,
  description: 'Tickets are numbered from 1 through the lines of the booking.',
});

export const AttendeeName = Type.String({ minLength: 1, maxLength: ATTENDEE_NAME_CHARS_MAX, pattern: ONE_LINE });

/** Who comes with a ticket. What is left out is cleared. */
const AttendeeBody = closed({
  number: TicketNumber,
  name: Type.Optional(nullable(AttendeeName)),
  email: Type.Optional(nullable(Email)),
  answers: Type.Optional(Answers),
});
export const SetAttendeesBody = closed(
  {
    booking: Type.Optional(closed({ answers: Answers })),
    tickets: Type.Optional(
      Type.Array(AttendeeBody, { maxItems: TICKETS_MAX, description: 'Tickets that are not named stay as they are.' }),
    ),
  },
  { title: 'SetAttendees', minProperties: 1 },
);
export type SetAttendeesBody = Static<typeof SetAttendeesBody>;

export const MissingAnswer = Type.Object(
  { number: Type.Integer({ description: 'Of the ticket; 0 for the booking as a whole.' }), question_id: QuestionId },
  { title: 'MissingAnswer' },
);
export type MissingAnswer = Static<typeof MissingAnswer>;

const Attendee = Type.Object(
  {
    number: Type.Integer(),
    ticket_type_id: TicketTypeId,
    name: nullable(Type.String()),
    email: nullable(Type.String()),
    answers: Type.Array(Answer),
  },
  { title: 'Attendee' },
);

/** What a buyer has said of those who come with the tickets that are theirs. */
export const BookingAttendees = Type.Object(
  {
    booking_id: BookingId,
    is_open: Type.Boolean({ description: 'Whether it can be changed: until the event begins, while the booking stands.' }),
    booking: Type.Union([Type.Object({ answers: Type.Array(Answer) }), Type.Null()], {
      description: 'Null for who was passed a ticket of somebody else’s booking.',
    }),
    tickets: Type.Array(Attendee),
    missing: Type.Array(MissingAnswer, { description: 'Required answers that are not there. No payment begins while there are any.' }),
  },
  { title: 'BookingAttendees' },
);
export type BookingAttendees = Static<typeof BookingAttendees>;

export const ATTENDEE_PAGE_DEFAULT = 50;

export const ListAttendeesQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: ATTENDEE_PAGE_DEFAULT })),
  starting_after: Type.Optional(TicketId),
});

/** A valid ticket with what its holder said, and what was said of its booking. */
export const OrganizerAttendee = Type.Object(
  {
    ticket_id: TicketId,
    booking_id: BookingId,
    ...Attendee.properties,
    booking_answers: Type.Array(Answer, { description: 'What was asked once for the whole booking.' }),
  },
  { title: 'OrganizerAttendee' },
);
export type OrganizerAttendee = Static<typeof OrganizerAttendee>;
export const OrganizerAttendeeList = Type.Object(
  {
    data: Type.Array(OrganizerAttendee, { maxItems: 200 }),
    has_more: Type.Boolean({ description: 'Whether a page starting_after the last id of this one would have any.' }),
  },
  { title: 'OrganizerAttendeeList' },
);

export const ChangeAttendeeBody = closed({ name: nullable(AttendeeName) }, { title: 'ChangeAttendee' });
export const AttendeePath = closed({ id: OrganizationId, event_id: EventId, ticket_id: TicketId });
