import { BODY_PROBLEMS, MailSent, OpenBookingLinkBody, OpenedBookings, problemResponses, RequestBookingLinkBody } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatCellId } from '../../../platform/ids/index.ts';
import { parseEmail } from '../../accounts/index.ts';
import { openBookingLink, requestBookingLink } from '../booking-links.ts';
import type { BuyersRoutes } from '../context.ts';
import { presentSession } from './present-session.ts';

const requestSchema = {
  operationId: 'requestBookingLink',
  summary: 'Find bookings and tickets again',
  description: 'Mails a token to the address if a buyer has given it. The answer is the same if nobody has.',
  tags: ['buyers'],
  body: RequestBookingLinkBody,
  response: { 202: MailSent, ...problemResponses(...BODY_PROBLEMS, 'TOO_MANY_ATTEMPTS') },
};

const openSchema = {
  operationId: 'openBookingLink',
  summary: 'Open what a mailed token stands for',
  description: 'Takes the mailed token, once, and gives a buyer session for each buyer who has given the address, at most 50.',
  tags: ['buyers'],
  body: OpenBookingLinkBody,
  response: { 200: OpenedBookings, ...problemResponses(...BODY_PROBLEMS, 'BUYERS_LINK_INVALID', 'TOO_MANY_ATTEMPTS') },
};

export function bookingLinkRoutes(http: HttpServer, { buyers }: BuyersRoutes): void {
  http.post('/api/v1/booking-links', { schema: requestSchema, config: { audience: 'public' } }, async (request, reply) => {
    await requestBookingLink(buyers, { email: parseEmail(request.body.email), address: request.ip });
    reply.code(202);
    return { detail: 'If there are bookings with this address, we have sent a mail to it.' };
  });
  http.post('/api/v1/booking-links/open', { schema: openSchema, config: { audience: 'public' } }, async (request, reply) => {
    const outcome = await openBookingLink(buyers, { token: request.body.token, address: request.ip });
    if (outcome.kind === 'link_invalid')
      throw problem('BUYERS_LINK_INVALID', { detail: 'Ask for another: the token was used or is older than an hour.' });
    reply.header('cache-control', 'no-store');
    return {
      data: outcome.buyers.map(({ session, bookings }) => ({
        ...presentSession(session),
        booking_ids: bookings.map(({ eventId, bookingId }) => formatCellId('bkg', eventId, bookingId)),
      })),
    };
  });
}
