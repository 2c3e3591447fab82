import {
  BOOKING_PAGE_DEFAULT,
  BookingList,
  ClaimedBookingList,
  ListBookingsQuery,
  PERSON_PROBLEMS,
  problemResponses,
} from '@tessera/contract';
import { invariant } from '../../../platform/invariant.ts';
import { invalidField, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseCellId } from '../../../platform/ids/index.ts';
import type { BuyersContext, BuyersRoutes } from '../context.ts';
import { listBookings, type ListedBooking } from '../list-bookings.ts';
import { readClaims } from '../queries/claims.ts';
import { asBuyer, asPerson, buyerProblems } from './documents.ts';

const ofBuyerSchema = {
  ...asBuyer,
  operationId: 'listBuyerBookings',
  summary: 'List the bookings of the buyer',
  description: 'Over all events, newest first, as they stand. A booking just made is listed within a second.',
  querystring: ListBookingsQuery,
  response: { 200: BookingList, ...problemResponses(...buyerProblems) },
};

const ofPersonSchema = {
  ...asPerson,
  operationId: 'listClaimedBookings',
  summary: 'List the bookings of an account',
  description: 'Over all buyer sessions that the account has claimed, newest first, each with the claim under which it was made.',
  querystring: ListBookingsQuery,
  response: { 200: ClaimedBookingList, ...problemResponses(...PERSON_PROBLEMS) },
};

export function bookingsRoutes(http: HttpServer, { buyers, requireBuyer, requirePerson }: BuyersRoutes): void {
  http.get('/api/v1/buyer-sessions/me/bookings', { schema: ofBuyerSchema, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKeys = [requireBuyer(request)];
    const { bookings, hasMore } = await page(buyers, buyerKeys, request.query);
    reply.header('cache-control', 'private, no-store');
    return { data: bookings.map(({ booking }) => booking), has_more: hasMore };
  });

  http.get('/api/v1/users/me/bookings', { schema: ofPersonSchema, config: { audience: 'person' } }, async (request, reply) => {
    const claims = new Map((await readClaims(buyers.db, requirePerson(request).personId)).map((claim) => [claim.buyerKey, claim.id]));
    const { bookings, hasMore } = await page(buyers, [...claims.keys()], request.query);
    reply.header('cache-control', 'private, no-store');
    return { data: bookings.map((one) => ({ ...one.booking, claim_id: claimIdOf(claims, one) })), has_more: hasMore };
  });
}

type Query = { limit?: number; starting_after?: string };

async function page(buyers: BuyersContext, buyerKeys: readonly string[], { limit = BOOKING_PAGE_DEFAULT, starting_after: after }: Query) {
  const ids = after === undefined ? null : parseCellId('bkg', after);
  if (after !== undefined && ids === null) throw notListed();
  const outcome = await listBookings(buyers, { buyerKeys, limit, startingAfter: ids && { eventId: ids.eventId, bookingId: ids.id } });
  if (outcome.kind === 'unknown_booking') throw notListed();
  return outcome;
}

function claimIdOf(claims: ReadonlyMap<string, string>, { buyerKey }: ListedBooking): string {
  const id = claims.get(buyerKey);
  invariant(id !== undefined, 'only bookings of claimed buyers are listed');
  return formatId('clm', id);
}

function notListed(): Error {
  return invalidField('/query/starting_after', 'must be the id of a booking of the list');
}
