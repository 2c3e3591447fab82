import { Type, type Static } from 'typebox';
import { AmountMinor, BookingId, closed, closedOrNothing, Currency, EventId, NullableTime, TicketTypeId, Time } from './scalars.ts';

export const BOOKING_LINES_MAX = 20;
export const BOOKING_QUANTITY_MAX = 1_000;
export const ACCESS_CODE_CHARS_MAX = 64;
export const EXTENSION_SECONDS_MAX = 86_400;

export const PlaceBookingRequest = closed(
  {
    event_id: EventId,
    lines: Type.Array(closed({ ticket_type_id: TicketTypeId, quantity: Type.Integer({ minimum: 1, maximum: BOOKING_QUANTITY_MAX }) }), {
      minItems: 1,
      maxItems: BOOKING_LINES_MAX,
      description: 'Lines of the same ticket type are added up.',
    }),
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

export const BookingPath = Type.Object({ id: BookingId });

export const BOOKING_STATE_NAMES = ['held', 'confirmed', 'released', 'expired', 'cancelled'] as const;

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
    currency: Currency,
    held_at: Time,
    expires_at: Time,
    expires_in_seconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'Seconds left of the hold by the clock of the server that decided; null when the booking is not held.',
    }),
    extended: Type.Boolean(),
    confirmed_at: NullableTime,
    closed_at: NullableTime,
  },
  { title: 'Booking' },
);
export type Booking = Static<typeof Booking>;
