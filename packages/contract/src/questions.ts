import { Type, type Static } from 'typebox';
import { closed, EventId, NullableTime, OrganizationId, QuestionId, TicketTypeId, ONE_LINE } from './scalars.ts';

const QuestionKind = Type.Enum(['text', 'long_text', 'number', 'choice', 'choices', 'yes_no', 'date', 'email', 'phone', 'country']);
const AskedPer = Type.Enum(['booking', 'ticket'], { description: 'Whether it is asked once, or for each ticket.' });

const Label = Type.String({ minLength: 1, maxLength: 300, pattern: ONE_LINE });
const Help = Type.String({ maxLength: 1_000 });
const Options = Type.Array(Type.String({ minLength: 1, maxLength: 200, pattern: ONE_LINE }), {
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
});
const TicketTypes = Type.Array(TicketTypeId, { maxItems: 1_000, uniqueItems: true, description: 'Empty: whatever the ticket type.' });
const Position = Type.Integer({ minimum: 0, maximum: 10_000 });

/** What buyers are asked. */
export const Question = Type.Object(
  {
    id: QuestionId,
    label: Type.String(),
    help: Type.String(),
    kind: QuestionKind,
    options: Type.Array(Type.String(), { description: 'What can be chosen, where something can.' }),
    required: Type.Boolean(),
    asked_per: AskedPer,
    ticket_type_ids: Type.Array(TicketTypeId),
    position: Type.Integer(),
  },
  { title: 'Question' },
);
export const OrganizerQuestion = Type.Object({ ...Question.properties, archived_at: NullableTime }, { title: 'OrganizerQuestion' });
export const OrganizerQuestionList = Type.Object({ data: Type.Array(OrganizerQuestion) }, { title: 'OrganizerQuestionList' });

const changes = {
  help: Type.Optional(Help),
  options: Type.Optional(Options),
  required: Type.Optional(Type.Boolean()),
  asked_per: Type.Optional(AskedPer),
  ticket_type_ids: Type.Optional(TicketTypes),
  position: Type.Optional(Position),
};

export const CreateQuestionBody = closed({ label: Label, kind: QuestionKind, ...changes }, { title: 'CreateQuestion' });
/** A question keeps its kind: answers to it would no longer fit. */
export const ChangeQuestionBody = closed({ label: Type.Optional(Label), ...changes }, { title: 'ChangeQuestion', minProperties: 1 });

export const QuestionPath = closed({ id: OrganizationId, event_id: EventId, question_id: QuestionId });

export type Question = Static<typeof Question>;
export type OrganizerQuestion = Static<typeof OrganizerQuestion>;
export type CreateQuestionBody = Static<typeof CreateQuestionBody>;
export type ChangeQuestionBody = Static<typeof ChangeQuestionBody>;
