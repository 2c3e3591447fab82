import { Type, type Static } from 'typebox';
import { ACCESS_CODE_CHARS_MAX } from './bookings.ts';
import { listFilters, publicWords, publicWordsOfPage } from './event-words.ts';
import { EventVenue } from './places.ts';
import { AddOn, Pricing, Tier } from './prices.ts';
import { organizationFields, Organizer } from './profiles.ts';
import { Question } from './questions.ts';
import { AMOUNT_MINOR_MAX, CAPACITY_MAX, closed, Currency, EventId, nullable, NullableTime, TicketTypeId, Time } from './scalars.ts';

const count = (description: string) => Type.Integer({ minimum: 0, maximum: CAPACITY_MAX, description });

export const SaleState = Type.Enum(['draft', 'scheduled', 'published', 'on_sale', 'paused', 'ended', 'cancelled', 'archived'], {
  description: 'Where the sale stands. Tickets can be held while it is on_sale.',
});

export const TicketTypeState = Type.Enum(['on_sale', 'paused']);

/** Who sells. */
export const Organization = Type.Object(organizationFields, { title: 'Organization' });

export const summaryFields = {
  id: EventId,
  organization: Organization,
  title: Type.String({ maxLength: 200 }),
  summary: Type.String({ maxLength: 500 }),
  venue: EventVenue,
  starts_at: Time,
  ends_at: Time,
  time_zone: Type.String({ maxLength: 64, description: 'IANA time zone of the venue.' }),
  picture: nullable(Type.String({ maxLength: 2048, description: 'A path on this server or an https address.' })),
  ...publicWords,
  state: SaleState,
  currency: Currency,
  /** With fees and taxes it can be more than a price may be. */
  price_from_minor: nullable(
    Type.Integer({ minimum: 0, description: 'The least that one ticket alone costs now, with all fees and taxes.' }),
  ),
};

export const EventSummary = Type.Object(summaryFields, { title: 'EventSummary' });

/** A ticket type as a buyer sees it. `left` counts what can still be held: the least of the type and of every quota over it. */
export const EventTicketType = Type.Object(
  {
    id: TicketTypeId,
    name: Type.String({ maxLength: 200 }),
    description: Type.String({ maxLength: 2000 }),
    state: TicketTypeState,
    price_minor: Type.Integer({
      minimum: 0,
      maximum: AMOUNT_MINOR_MAX,
      description: 'What a ticket costs now, without what is added to it.',
    }),
    currency: Currency,
    left: count('Tickets that can still be held.'),
    sales_start_at: NullableTime,
    sales_end_at: NullableTime,
    booking_min: count('Fewest tickets of this type in a booking that has any.'),
    booking_max: count('Most tickets of this type in one booking.'),
    buyer_max: nullable(count('Most tickets of this type for one buyer.')),
    needs_access_code: Type.Boolean(),
    full_price_minor: Type.Integer({ minimum: 0, description: 'The price of a ticket once no tier holds any more.' }),
    tier: nullable(Type.String({ description: 'The tier whose price holds now.' })),
    to_pay_minor: Type.Integer({ minimum: 0, description: 'What one ticket alone costs now, with all fees and taxes.' }),
    tiers: Type.Array(Tier),
    add_on: nullable(AddOn),
    is_donation: Type.Boolean({ description: 'The buyer chooses the price; price_minor is the least.' }),
  },
  { title: 'EventTicketType' },
);

export const EventDetail = Type.Object(
  {
    ...summaryFields,
    is_test: Type.Boolean({ description: 'Made by a test key: never listed, and removed with the other test data.' }),
    description: Type.String({ maxLength: 20_000 }),
    ...publicWordsOfPage,
    organizer: Organizer,
    questions: Type.Array(Question, { description: 'What buyers are asked, in this order.' }),
    sale: Type.Object({
      sales_start_at: NullableTime,
      sales_end_at: NullableTime,
      hold_seconds: Type.Number({ minimum: 1, maximum: 86_400, description: 'How long tickets are held for a buyer.' }),
      booking_max: count('Most tickets in one booking.'),
      buyer_max: nullable(count('Most tickets for one buyer.')),
      pricing: nullable(Pricing),
      takes_access_code: Type.Boolean({ description: 'Whether some ticket types are listed only with an access code.' }),
    }),
    ticket_types: Type.Array(EventTicketType, { maxItems: 1000 }),
  },
  { title: 'EventDetail' },
);

export const EventList = Type.Object(
  {
    data: Type.Array(EventSummary, { maxItems: 100 }),
    has_more: Type.Boolean({ description: 'Whether a page starting_after the last id of this one would have any.' }),
  },
  { title: 'EventList' },
);

export const EVENT_PAGE_DEFAULT = 20;

export const ListEventsQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: EVENT_PAGE_DEFAULT })),
  starting_after: Type.Optional(EventId),
  ...listFilters,
});

export const ReadEventQuery = closed({
  access_code: Type.Optional(
    Type.String({ minLength: 1, maxLength: ACCESS_CODE_CHARS_MAX, description: 'Lists the ticket types behind this code, too.' }),
  ),
});

export const EventParams = closed({ id: EventId });

export type EventSummary = Static<typeof EventSummary>;
export type EventDetail = Static<typeof EventDetail>;
export type EventTicketType = Static<typeof EventTicketType>;
export type EventList = Static<typeof EventList>;
export type Organization = Static<typeof Organization>;
