import { Type, type Static } from 'typebox';
import { Charges, PromoCodeText } from './prices.ts';
import {
  AMOUNT_MINOR_MAX,
  AmountMinor,
  BookingId,
  closed,
  closedOrNothing,
  Currency,
  EventId,
  nullable,
  NullableTime,
  TicketTypeId,
  Time,
} from './scalars.ts';

export const BOOKING_LINES_MAX = 20;
export const BOOKING_QUANTITY_MAX = 1_000;
export const ACCESS_CODE_CHARS_MAX = 64;
export const TICKET_NUMBER_MAX = 32_767;
/** In one request. */
export const OFFERED_TICKETS_MAX = 1_000;
export const EXTENSION_SECONDS_MAX = 86_400;

export const basketLines = Type.Array(
  closed({
    ticket_type_id: TicketTypeId,
    quantity: Type.Integer({ minimum: 1, maximum: BOOKING_QUANTITY_MAX }),
    unit_price_minor: Type.Optional(
      Type.Integer({ minimum: 0, maximum: AMOUNT_MINOR_MAX, description: 'What the buyer gives for each, where the buyer chooses.' }),
    ),
  }),
  {
    minItems: 1,
    maxItems: BOOKING_LINES_MAX,
    description:
      'Lines of the same ticket type are added up. The answer has them in the order of the ids of the types, one for each price.',
  },
);

export const PlaceBookingRequest = closed(
  {
    event_id: EventId,
    lines: basketLines,
    promo_code: Type.Optional(PromoCodeText),
    expected_total_minor: Type.Optional(
      Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'What the buyer was shown: another total is refused.' }),
    ),
    access_code: Type.Optional(Type.String({ minLength: 1, maxLength: ACCESS_CODE_CHARS_MAX })),
    confirm: Type.Optional(Type.Boolean({ description: 'Confirm at once; only for a booking that costs nothing.' })),
  },
  { title: 'PlaceBookingRequest' },
);
export type PlaceBookingRequest = Static<typeof PlaceBookingRequest>;

export const ExtendBookingRequest = closedOrNothing(
  { seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: EXTENSION_SECONDS_MAX, description: 'Default: the length of a hold.' })) },
  { title: 'ExtendBookingRequest' },
);
export type ExtendBookingRequest = Static<typeof ExtendBookingRequest>;

export const OfferTicketsRequest = closed(
  {
    ticket_numbers: Type.Array(Type.Integer({ minimum: 1, maximum: TICKET_NUMBER_MAX }), {
      minItems: 1,
      maxItems: OFFERED_TICKETS_MAX,
      description: 'Numbers of tickets of the booking.',
    }),
  },
  { title: 'OfferTicketsRequest' },
);
export type OfferTicketsRequest = Static<typeof OfferTicketsRequest>;

export const BookingPath = Type.Object({ id: BookingId });

export const BOOKING_STATE_NAMES = [
  'held',
  'awaiting_payment',
  'confirmed',
  'partially_refunded',
  'released',
  'expired',
  'refunded',
  'cancelled',
] as const;

export const BookingLine = Type.Object({
  ticket_type_id: TicketTypeId,
  quantity: Type.Integer(),
  unit_price_minor: AmountMinor,
});

export const Booking = Type.Object(
  {
    id: BookingId,
    event_id: EventId,
    state: Type.Enum([...BOOKING_STATE_NAMES]),
    lines: Type.Array(BookingLine),
    quantity: Type.Integer(),
    total_minor: Type.Integer({ minimum: 0 }),
    paid_minor: Type.Integer({ minimum: 0 }),
    refunded_minor: Type.Integer({ minimum: 0, description: 'Given back, or on its way back.' }),
    returned_tickets: Type.Array(Type.Integer(), { description: 'Numbers of its tickets that came back.' }),
    offered_tickets: Type.Array(Type.Integer(), {
      description: 'Numbers of its tickets that are offered back: each is valid until somebody else pays for its place.',
    }),
    promo_code: nullable(Type.String()),
    charges: Type.Union([Charges, Type.Null()], { description: 'Null where the prices of the lines say it all.' }),
    currency: Currency,
    held_at: Time,
    expires_at: Time,
    expires_in_seconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description:
        'Seconds left of the hold by the clock of the server that decided; null when the booking is neither held nor awaits its payment.',
    }),
    extended: Type.Boolean(),
    confirmed_at: NullableTime,
    closed_at: NullableTime,
  },
  { title: 'Booking' },
);
export type Booking = Static<typeof Booking>;
