import type { Booking } from '@tessera/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireIdempotencyKey } from '../../../../platform/http/index.ts';
import { formatCellId, formatTicketId } from '../../../../platform/ids/index.ts';
import { answerBooking, type DeskSale } from '../../../sales/index.ts';
import { whoOf } from '../../who-of.ts';
import type { BoxOfficeRoutes } from '../context.ts';
import { readGuests } from '../find-guests.ts';
import type { DeskKind } from '../queries/desk-bookings.ts';
import { readTicketsOf } from '../queries/desk-tickets.ts';
import { sell } from '../sell.ts';

export type Asked = {
  kind: DeskKind;
  lines: DeskSale['lines'];
  tender: DeskSale['desk']['tender'];
  stock: 'public' | 'set_aside';
  name: string | null;
  note: string | null;
  expectedTotalMinor: number | null;
};

/** Sells what is asked for to the event of the path, records who did, and answers what the buyer takes along. */
export async function answerSale(
  { office, organizations, requireOwnEvent }: BoxOfficeRoutes,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  asked: (eventId: string) => Asked,
) {
  const { member, eventId } = await requireOwnEvent(request);
  const idempotencyKey = requireIdempotencyKey(request);
  const { kind, lines, tender, stock, name, note, expectedTotalMinor } = asked(eventId);
  const desk = { tender, fromSetAside: stock === 'set_aside' };
  const isGone = () => request.raw.socket.destroyed;
  const sale = { eventId, idempotencyKey, lines, desk, expectedTotalMinor, isGone };
  const outcome = await sell(office, { ...sale, kind, name, note, by: whoOf(member) });
  const booking = answerBooking(reply, eventId, outcome, 201);
  await record(booking);
  return { booking, ...(await takenAlong(office, eventId, outcome.kind === 'booking' ? outcome.booking.id : '')) };

  function record(sold: Booking): Promise<void> {
    const { id, total_minor: totalMinor, quantity } = sold;
    const after = { booking_id: id, tender, stock, quantity, total_minor: totalMinor, ...(kind !== 'sale' && { reason: note }) };
    return organizations.recordActionOnce(member, { what: `box_office.${kind}`, subjectId: eventId, before: null, after }, `desk ${id}`);
  }
}

/** What is known of the booking, also for who asks again; codes are signed here, and not in the lane. */
async function takenAlong({ db, nameKey, codes }: BoxOfficeRoutes['office'], eventId: string, bookingId: string) {
  const [guests, tickets] = await Promise.all([readGuests({ db, nameKey }, eventId, [bookingId]), readTicketsOf(db, eventId, [bookingId])]);
  const guest = guests.get(bookingId);
  const valid = tickets.filter(({ state }) => state === 'valid');
  const signed = await codes.codesOf(
    eventId,
    valid.map(({ number, issue, secret }) => ({ eventId, bookingId, number, issue, secret })),
  );
  const codeOf = new Map(valid.map(({ number }, index) => [number, signed?.[index] ?? null]));
  return {
    kind: guest?.kind ?? 'sale',
    name: guest?.name ?? null,
    note: guest?.note ?? null,
    tickets: tickets.map(({ number, ticketTypeId }) => ({
      id: formatTicketId({ eventId, bookingId, number }),
      ticket_type_id: formatCellId('typ', eventId, ticketTypeId),
      code: codeOf.get(number) ?? null,
    })),
  };
}
