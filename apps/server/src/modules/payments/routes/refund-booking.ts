import { Booking, EmptyBody, OwnBookingPath, problemResponses, RefundBookingBody } from '@tessera/contract';
import type { Static } from 'typebox';
import { requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { formatCellId } from '../../../platform/ids/index.ts';
import { answerBooking, cancelBooking, commandIdOf, refundBooking } from '../../sales/index.ts';
import { common, laneProblems, requireOwnBooking, type OrganizerRoutes, type OwnBooking } from './organizer-context.ts';

const PATH = '/api/v1/organizations/:id/events/:event_id/bookings/:booking_id';

const refund = {
  ...common,
  operationId: 'refundBooking',
  summary: 'Give a booking’s tickets, money or both back',
  description:
    'What the payment provider has to pay is owed from that moment and paid by itself; what was paid at a desk is paid out there. What was paid is the most that goes back.',
  params: OwnBookingPath,
  body: RefundBookingBody,
  response: {
    200: Booking,
    ...problemResponses(
      ...laneProblems,
      'SALES_WRONG_STATE',
      'SALES_REFUND_TOO_HIGH',
      'SALES_TICKET_RETURNED',
      'SALES_DISPUTED',
      'SALES_NOTHING_TO_REFUND',
    ),
  },
};

const cancel = {
  ...common,
  operationId: 'cancelOwnBooking',
  summary: 'Take a booking’s tickets back, and give no money back',
  description: 'What was paid stays paid. Its tickets can be sold again.',
  params: OwnBookingPath,
  body: EmptyBody,
  response: { 200: Booking, ...problemResponses(...laneProblems, 'SALES_WRONG_STATE') },
};

const ORGANIZER = { kind: 'organizer' } as const;

/** What organizers do about the money of a booking. */
export function refundBookingRoutes(http: HttpServer, context: OrganizerRoutes): void {
  const { sales } = context.payments;
  const config = { permission: 'refunds.create' } as const;

  http.post(`${PATH}/refund`, { schema: refund, config }, async (request, reply) => {
    const own = await requireOwnBooking(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = own;
    const terms = termsOfBody(request.body ?? {});
    const outcome = await refundBooking(sales, { ...terms, eventId, bookingId, actor: ORGANIZER, idempotencyKey });
    const answer = answerBooking(reply, eventId, outcome, 200);
    const { reason: _, ...recorded } = terms;
    await record(context, own, { what: 'booking.refunded', idempotencyKey, after: recorded });
    return answer;
  });

  http.post(`${PATH}/cancel`, { schema: cancel, config }, async (request, reply) => {
    const own = await requireOwnBooking(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, bookingId } = own;
    const outcome = await cancelBooking(sales, { eventId, bookingId, actor: ORGANIZER, idempotencyKey });
    const answer = answerBooking(reply, eventId, outcome, 200);
    await record(context, own, { what: 'booking.cancelled', idempotencyKey, after: {} });
    return answer;
  });
}

type Terms = Pick<Parameters<typeof refundBooking>[1], 'tickets' | 'amountMinor' | 'keepFees' | 'restock' | 'reason'>;
type Body = Exclude<Static<typeof RefundBookingBody>, null>;

function termsOfBody({ tickets, amount_minor, keep_fees: keepFees = false, restock = true, reason }: Body): Terms {
  const amountMinor = amount_minor ?? null;
  return {
    tickets: tickets ?? (amountMinor === null ? 'all' : []),
    amountMinor,
    keepFees,
    restock,
    reason: reason ?? 'asked_by_organizer',
  };
}

type Done = { what: string; idempotencyKey: string; after: object };

/** Once for each command, however often it is sent. */
async function record(
  { organizations }: OrganizerRoutes,
  { member, eventId, bookingId }: OwnBooking,
  { what, idempotencyKey, after }: Done,
): Promise<void> {
  const subject = { booking_id: formatCellId('bkg', eventId, bookingId) };
  const action = { what, subjectId: eventId, before: null, after: { ...subject, ...after } };
  await organizations.recordActionOnce(member, action, commandIdOf(eventId, ORGANIZER, idempotencyKey));
}
