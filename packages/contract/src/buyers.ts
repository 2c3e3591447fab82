import { Type, type Static } from 'typebox';
import { Email } from './accounts.ts';
import { Booking } from './bookings.ts';
import { BuyerSession } from './buyer-sessions.ts';
import { BookingId, closed, Time } from './scalars.ts';

const CLAIM_ID_CHARS = 4 + 26;
const ClaimId = Type.String({ minLength: 4, maxLength: CLAIM_ID_CHARS });
const Secret = Type.String({ minLength: 1, maxLength: 100 });

export const BOOKING_PAGE_DEFAULT = 20;

export const ListBookingsQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: BOOKING_PAGE_DEFAULT })),
  starting_after: Type.Optional(BookingId),
});
const hasMore = Type.Boolean({ description: 'Whether a page starting_after the last id of this one would have any.' });
export const BookingList = Type.Object({ data: Type.Array(Booking, { maxItems: 100 }), has_more: hasMore }, { title: 'BookingList' });

/** A booking of an account, with the claim of the buyer session that made it. */
export const ClaimedBooking = Type.Object({ ...Booking.properties, claim_id: ClaimId }, { title: 'ClaimedBooking' });
export const ClaimedBookingList = Type.Object(
  { data: Type.Array(ClaimedBooking, { maxItems: 100 }), has_more: hasMore },
  { title: 'ClaimedBookingList' },
);

export const SetContactBody = closed({ email: Email }, { title: 'SetContact' });
export const Contact = Type.Object({ email: Type.String() }, { title: 'Contact' });

export const RequestBookingLinkBody = closed({ email: Email }, { title: 'RequestBookingLink' });
export const OpenBookingLinkBody = closed({ token: Secret }, { title: 'OpenBookingLink' });

/** A session of a buyer who has given the address, and the newest of what it has booked. */
export const OpenedBuyer = Type.Object(
  {
    ...BuyerSession.properties,
    booking_ids: Type.Array(BookingId, {
      description: 'The newest 20. The session lists them all: GET /api/v1/buyer-sessions/me/bookings.',
    }),
  },
  { title: 'OpenedBuyer' },
);
export const OpenedBookings = Type.Object({ data: Type.Array(OpenedBuyer, { maxItems: 50 }) }, { title: 'OpenedBookings' });

export const ClaimBuyerBody = closed({ token: Secret }, { title: 'ClaimBuyer' });
export const ClaimPath = closed({ id: ClaimId });
export const BuyerClaim = Type.Object({ id: ClaimId, claimed_at: Time }, { title: 'BuyerClaim' });
export type BuyerClaim = Static<typeof BuyerClaim>;
export const ClaimedSession = Type.Object({ ...BuyerClaim.properties, ...BuyerSession.properties }, { title: 'ClaimedSession' });
export const ClaimedSessions = Type.Object({ data: Type.Array(ClaimedSession) }, { title: 'ClaimedSessions' });
