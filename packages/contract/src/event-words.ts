import { Type } from 'typebox';
import { nullable, NullableTime, Time } from './scalars.ts';

/** What an event can be; ids that never change their meaning. */
export const CATEGORIES = ['music', 'conference', 'theatre', 'sport', 'workshop', 'community', 'family', 'food', 'film', 'other'] as const;
export const Category = Type.Enum([...CATEGORIES], { description: 'What kind of event it is.' });

export const TAGS_MAX = 20;
export const TAG_CHARS_MAX = 40;
/** No control characters: a tag stands in lists and addresses. */
export const Tag = Type.String({ minLength: 1, maxLength: TAG_CHARS_MAX, pattern: '^[^\\p{Cc}]+$' });

export const LANGUAGES_MAX = 20;
export const LanguageTag = Type.String({ minLength: 2, maxLength: 35, description: 'BCP 47.', examples: ['de-AT'] });

export const Place = Type.Enum(['venue', 'online', 'both'], { description: 'Where it takes place: at the venue, online, or both.' });

/** The wall clock of the event's time zone, without an offset. */
export const LocalTime = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$',
  maxLength: 19,
  examples: ['2027-03-28T18:30'],
});

export const MOVE_REASON_CHARS_MAX = 500;
export const TERMS_CHARS_MAX = 20_000;
export const REFUND_POLICY_CHARS_MAX = 5_000;
export const CANCELLATION_REASON_CHARS_MAX = 1_000;

const EventDay = Type.Object(
  {
    title: Type.String(),
    starts_at: Time,
    ends_at: Time,
    starts_at_local: Type.String(),
    ends_at_local: Type.String(),
  },
  { title: 'EventDay' },
);

const MovedVenue = Type.Object({ name: Type.String(), city: Type.String() });
const MovedFrom = Type.Object({ starts_at: Time, ends_at: Time, place: Place, venue: MovedVenue }, { title: 'EventDates' });

const EventMove = Type.Object({ at: Time, reason: Type.String(), before: MovedFrom, after: MovedFrom }, { title: 'EventMove' });

/** Words that stand in lists and on pages. */
export const publicWords = {
  starts_at_local: Type.String({ description: 'The start by the clocks of the event’s time zone.' }),
  ends_at_local: Type.String(),
  doors_at: NullableTime,
  days: Type.Array(EventDay, { description: 'The parts of an event of several days; empty where it has none.' }),
  category: nullable(Category),
  tags: Type.Array(Type.String()),
  languages: Type.Array(Type.String()),
  place: Place,
  is_online: Type.Boolean({ description: 'Whether one can take part online. The address is shown to holders alone.' }),
};

/** Words that stand on an event's own page alone. */
export const publicWordsOfPage = {
  moves: Type.Array(EventMove, { description: 'How it was moved since it became public, the last first.' }),
  cancellation_reason: nullable(Type.String()),
  terms: nullable(Type.String({ description: 'The event’s own, or its organizer’s.' })),
  refund_policy: nullable(Type.String({ description: 'The event’s own, or its organizer’s.' })),
};

/** What narrows the list of events. */
export const listFilters = {
  category: Type.Optional(Category),
  tag: Type.Optional(Tag),
  language: Type.Optional(Type.String({ minLength: 2, maxLength: 35, description: '`de` finds events in de-AT, too.' })),
  city: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  from: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Leaves out what has ended by then.' })),
  until: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Leaves out what starts then or later.' })),
};
