import { Type, type Static } from 'typebox';
import { basketLines, Booking } from './bookings.ts';
import { BookingId, closed, nullable, NullableTime, ONE_LINE, TicketTypeId, Time } from './scalars.ts';
import { TicketId } from './tickets.ts';

export const GUEST_TICKETS_MAX = 100;
export const DESK_PAGE_DEFAULT = 50;

const Name = Type.String({ minLength: 1, maxLength: 200, pattern: ONE_LINE });
const Note = Type.String({ minLength: 1, maxLength: 500, pattern: ONE_LINE });
const Stock = Type.Enum(['public', 'set_aside'], {
  description: "Whether the tickets come from the public's stock or from what was set aside.",
});
const GuestQuantity = Type.Integer({ minimum: 1, maximum: GUEST_TICKETS_MAX });

export const DeskSaleBody = closed(
  {
    lines: basketLines,
    tender: Type.Enum(['cash', 'card_at_door']),
    stock: Type.Optional(Stock),
    buyer_name: Type.Optional(Name),
    expected_total_minor: Type.Optional(
      Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'What the buyer was told: another total is refused.' }),
    ),
  },
  { title: 'DeskSale' },
);

export const ComplimentaryBody = closed(
  {
    lines: Type.Array(closed({ ticket_type_id: TicketTypeId, quantity: GuestQuantity }), { minItems: 1, maxItems: 20 }),
    stock: Type.Optional(Stock),
    name: Type.Optional(Name),
    reason: Note,
  },
  { title: 'Complimentary' },
);

export const GuestBody = closed(
  { name: Name, ticket_type_id: TicketTypeId, quantity: GuestQuantity, stock: Type.Optional(Stock), note: Type.Optional(Note) },
  { title: 'NewGuest' },
);

/** What somebody takes from the desk. */
export const DeskBooking = Type.Object(
  {
    kind: Type.Enum(['sale', 'complimentary', 'guest']),
    booking: Booking,
    name: nullable(Type.String()),
    note: nullable(Type.String()),
    tickets: Type.Array(Type.Object({ id: TicketId, ticket_type_id: TicketTypeId, code: nullable(Type.String()) })),
  },
  { title: 'DeskBooking' },
);

const GuestTicket = Type.Object({
  id: TicketId,
  ticket_type_id: TicketTypeId,
  state: Type.Enum(['valid', 'revoked']),
  holder_name: nullable(Type.String()),
  admitted_at: NullableTime,
});

export const Guest = Type.Object(
  {
    booking_id: BookingId,
    kind: Type.Enum(['sale', 'complimentary', 'guest']),
    name: nullable(Type.String()),
    note: nullable(Type.String()),
    by: Type.String(),
    at: Time,
    tickets: Type.Array(GuestTicket, { description: 'To let one in, scan it by its id.' }),
  },
  { title: 'Guest' },
);
export type Guest = Static<typeof Guest>;

export const ListGuestsQuery = closed({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Part of the name, whatever its case.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: DESK_PAGE_DEFAULT })),
  starting_after: Type.Optional(BookingId),
});
export const GuestList = Type.Object({ data: Type.Array(Guest), has_more: Type.Boolean() }, { title: 'GuestList' });

export const DoorSearchQuery = closed({
  q: Type.String({ minLength: 1, maxLength: 200, description: 'Part of a name, or the id of a booking or of a ticket.' }),
});
export const FoundBooking = Type.Object(
  { booking_id: BookingId, name: nullable(Type.String()), note: nullable(Type.String()), tickets: Type.Array(GuestTicket) },
  { title: 'FoundBooking' },
);
export type FoundBooking = Static<typeof FoundBooking>;
export const DoorSearch = Type.Object({ data: Type.Array(FoundBooking, { maxItems: 100 }) }, { title: 'DoorSearch' });
