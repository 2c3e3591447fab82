import { Type, type Static } from 'typebox';
import { Email } from './accounts.ts';
import { BookingId, closed, closedOrNothing, EventId, nullable, NullableTime, OrganizationId, TicketTypeId, Time } from './scalars.ts';

const TICKET_ID_CHARS = 4 + 26 + 26 + 3;
export const TicketId = Type.String({ minLength: 4, maxLength: TICKET_ID_CHARS });
const TRANSFER_TOKEN_CHARS_MAX = 100;

export const TICKET_PAGE_DEFAULT = 100;
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: TICKET_PAGE_DEFAULT }));
const hasMore = Type.Boolean({ description: 'Whether a page starting_after the last id of this one would have any.' });

export const TicketPath = closed({ id: TicketId });
export const TICKETS_WAIT_SECONDS_MAX = 20;
export const ListTicketsQuery = closed({
  limit,
  starting_after: Type.Optional(TicketId),
  wait_seconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: TICKETS_WAIT_SECONDS_MAX,
      description: 'While the booking is still to be confirmed, the answer waits so long for its tickets.',
    }),
  ),
});

export const TICKET_STATES = ['valid', 'revoked', 'transferred'] as const;
const RevokedReason = nullable(Type.String({ description: '`refund`, `cancel`, `dispute` or `resold`.' }));

/** A ticket as who holds or booked it sees it. */
export const Ticket = Type.Object(
  {
    id: TicketId,
    booking_id: BookingId,
    event_id: EventId,
    number: Type.Integer({ minimum: 1, description: 'Of the tickets of its booking.' }),
    ticket_type_id: TicketTypeId,
    state: Type.Enum([...TICKET_STATES], { description: '`transferred`: somebody else has it now.' }),
    code: nullable(Type.String({ description: 'What its QR code says. Null where it is worth nothing, or another’s.' })),
    issue: Type.Integer({ minimum: 1, description: 'Raised whenever the earlier codes become worth nothing.' }),
    issued_at: Time,
    offered_until: Type.Union([Time, Type.Null()], { description: 'Until when somebody may take it over, where it is offered.' }),
    offered_to: nullable(Type.String({ description: 'Where the offer was mailed to. Told with the ticket alone, not in lists.' })),
    admitted_at: NullableTime,
    revoked_at: NullableTime,
    revoked_reason: RevokedReason,
  },
  { title: 'Ticket' },
);
export const TicketList = Type.Object({ data: Type.Array(Ticket, { maxItems: 100 }), has_more: hasMore }, { title: 'TicketList' });

export const OfferTicketBody = closedOrNothing(
  { email: Type.Optional(Email) },
  { title: 'OfferTicket', description: 'Without an address the answer has the token, to be handed over by oneself.' },
);
export const OfferedTicket = Type.Object(
  {
    ticket_id: TicketId,
    email: nullable(Type.String()),
    token: nullable(Type.String({ description: 'Whoever shows it takes the ticket. Null where it was mailed.' })),
    expires_at: Time,
  },
  { title: 'OfferedTicket' },
);
export const AcceptTicketBody = closed(
  { token: Type.String({ minLength: 1, maxLength: TRANSFER_TOKEN_CHARS_MAX }) },
  { title: 'AcceptTicket' },
);

const ofEvent = { id: OrganizationId, event_id: EventId };
export const OwnTicketPath = closed({ ...ofEvent, ticket_id: TicketId });
export const ListOrganizerTicketsQuery = closed({
  limit,
  starting_after: Type.Optional(TicketId),
  booking_id: Type.Optional(BookingId),
  ticket_type_id: Type.Optional(TicketTypeId),
  state: Type.Optional(Type.Enum(['valid', 'revoked'])),
  admitted: Type.Optional(Type.Boolean()),
});

/** A ticket as its organizer sees it: no code, and of no use at a door. */
export const OrganizerTicket = Type.Object(
  {
    id: TicketId,
    booking_id: BookingId,
    number: Type.Integer({ minimum: 1 }),
    ticket_type_id: TicketTypeId,
    state: Type.Enum(['valid', 'revoked']),
    transferred: Type.Boolean({ description: 'Whether somebody else has it than who booked it.' }),
    issue: Type.Integer({ minimum: 1 }),
    issued_at: Time,
    admitted_at: NullableTime,
    admitted_gate: nullable(Type.String()),
    revoked_at: NullableTime,
    revoked_reason: RevokedReason,
  },
  { title: 'OrganizerTicket' },
);
export const OrganizerTicketList = Type.Object(
  { data: Type.Array(OrganizerTicket, { maxItems: 100 }), has_more: hasMore },
  { title: 'OrganizerTicketList' },
);

export const RotateKeysBody = closedOrNothing(
  {
    revoke: Type.Optional(
      Type.Boolean({ description: 'Whether what the earlier keys signed is worth nothing from now on, where codes are verified by keys.' }),
    ),
  },
  { title: 'RotateTicketKeys' },
);

/** Ed25519. Doors verify codes with it where they can ask nobody. */
export const TicketSigningKey = Type.Object(
  {
    key_no: Type.Integer({ minimum: 1 }),
    public_key: Type.String({ description: '32 bytes (RFC 8032) in base64url.' }),
    state: Type.Enum(['active', 'retired', 'revoked'], {
      description: 'The active one signs. A retired one verifies what it has signed; what a revoked one has signed is refused.',
    }),
    created_at: Time,
  },
  { title: 'TicketKey' },
);
export const TicketKeyList = Type.Object({ data: Type.Array(TicketSigningKey) }, { title: 'TicketKeyList' });

export type Ticket = Static<typeof Ticket>;
export type OrganizerTicket = Static<typeof OrganizerTicket>;
export type TicketSigningKey = Static<typeof TicketSigningKey>;
