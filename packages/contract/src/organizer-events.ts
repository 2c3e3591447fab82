import { Type, type Static } from 'typebox';
import { EVENT_PAGE_DEFAULT, SaleState, summaryFields } from './catalog.ts';
import {
  CANCELLATION_REASON_CHARS_MAX,
  Category,
  LANGUAGES_MAX,
  LanguageTag,
  LocalTime,
  MOVE_REASON_CHARS_MAX,
  Place,
  publicWordsOfPage,
  REFUND_POLICY_CHARS_MAX,
  Tag,
  TAGS_MAX,
  TERMS_CHARS_MAX,
} from './event-words.ts';
import { FreePlace } from './places.ts';
import { PicturePath } from './profiles.ts';
import { closed, EventId, nullable, TicketTypeId, Time, VenueId, ONE_LINE } from './scalars.ts';

const DAYS_MAX = 60;
const line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: ONE_LINE });
const optional = { text: (maxLength: number) => Type.Optional(nullable(Type.String({ minLength: 1, maxLength }))) };

const Fold = Type.Enum(['earlier', 'later'], { description: 'Which of two, where clocks are set back and show the time twice.' });

/** A bound as an instant, or by the clocks of the event's time zone. */
const bounds = {
  starts_at: Type.Optional(Time),
  starts_at_local: Type.Optional(LocalTime),
  starts_at_fold: Type.Optional(Fold),
  ends_at: Type.Optional(Time),
  ends_at_local: Type.Optional(LocalTime),
  ends_at_fold: Type.Optional(Fold),
};

const DayBody = closed({ title: Type.Optional(Type.String({ maxLength: 200 })), ...bounds });

/** What is not named stays as it is; null takes it away. */
export const ChangeEventBody = closed(
  {
    title: Type.Optional(line(200)),
    summary: Type.Optional(Type.String({ maxLength: 500 })),
    description: Type.Optional(Type.String({ maxLength: 20_000 })),
    languages: Type.Optional(Type.Array(LanguageTag, { maxItems: LANGUAGES_MAX })),
    category: Type.Optional(nullable(Category)),
    tags: Type.Optional(Type.Array(Tag, { maxItems: TAGS_MAX })),
    picture: Type.Optional(nullable(PicturePath)),
    place: Type.Optional(Place),
    venue_id: Type.Optional(nullable(VenueId)),
    venue: Type.Optional(FreePlace),
    online_url: Type.Optional(nullable(Type.String({ maxLength: 2048, pattern: '^https://[\\x21-\\x7e]+$' }))),
    time_zone: Type.Optional(line(64)),
    ...bounds,
    doors_at: Type.Optional(nullable(Time)),
    days: Type.Optional(Type.Array(DayBody, { maxItems: DAYS_MAX })),
    terms: optional.text(TERMS_CHARS_MAX),
    refund_policy: optional.text(REFUND_POLICY_CHARS_MAX),
    cancellation_reason: optional.text(CANCELLATION_REASON_CHARS_MAX),
    move_reason: Type.Optional(line(MOVE_REASON_CHARS_MAX)),
  },
  { title: 'ChangeEvent', minProperties: 1 },
);

/** An event as its organizer sees it, drafts too. `terms` and `refund_policy` are the event's own. */
export const OrganizerEvent = Type.Object(
  {
    ...summaryFields,
    description: Type.String(),
    ...publicWordsOfPage,
    venue_id: nullable(VenueId),
    online_url: nullable(Type.String()),
    version: Type.Integer({ description: 'Rises with every change of words; the ETag is made of it.' }),
  },
  { title: 'OrganizerEvent' },
);

/** Who is concerned by a move: nothing is done for them by itself. */
const MoveConsequences = Type.Object(
  {
    state: SaleState,
    tickets_held: Type.Integer(),
    tickets_sold: Type.Integer(),
    ticket_types: Type.Array(Type.Object({ ticket_type_id: TicketTypeId, held: Type.Integer(), sold: Type.Integer() })),
  },
  { title: 'MoveConsequences' },
);

export const ChangedEvent = Type.Object(
  { ...OrganizerEvent.properties, consequences: nullable(MoveConsequences) },
  { title: 'ChangedEvent', description: '`consequences` stand there where the change has moved a public event.' },
);

export const ListOrganizerEventsQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: EVENT_PAGE_DEFAULT })),
  starting_after: Type.Optional(EventId),
});

export type ChangeEventBody = Static<typeof ChangeEventBody>;
export type OrganizerEvent = Static<typeof OrganizerEvent>;
export type ChangedEvent = Static<typeof ChangedEvent>;
