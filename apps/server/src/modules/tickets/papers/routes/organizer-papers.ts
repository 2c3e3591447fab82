import { MEMBER_PROBLEMS, OwnBookingPath, PdfFile, problemResponses, ReceiptQuery, TicketsPdfQuery } from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import { problem, type HttpServer } from '../../../../platform/http/index.ts';
import { formatCellId, parseCellId } from '../../../../platform/ids/index.ts';
import { requireOwnEvent, type OwnEvent } from '../../../catalog/index.ts';
import { readBookings } from '../../../sales/index.ts';
import { asMember } from '../../routes/documents.ts';
import type { PapersRoutes } from '../papers-context.ts';
import { makeReceipt } from './make-receipt.ts';
import { makeTickets } from './make-tickets.ts';
import { printProblems, withoutHead } from './documents.ts';
import { sendFile } from './send-file.ts';

const PATH = '/api/v1/organizations/:id/events/:event_id/bookings/:booking_id';

const ticketsSchema = {
  ...asMember,
  operationId: 'printTicketsForHolders',
  summary: 'The tickets of a booking as a PDF, for who sells',
  description: 'With codes that admit: that they were printed, and by whom, is kept among the actions. At most 200 in a file.',
  params: OwnBookingPath,
  querystring: TicketsPdfQuery,
  response: { 200: PdfFile, ...problemResponses(...MEMBER_PROBLEMS, ...printProblems, 'TICKETS_TOO_MANY_TO_PRINT') },
};

const receiptSchema = {
  ...asMember,
  operationId: 'printReceiptForBuyer',
  summary: 'The receipt of a booking as a PDF, for who sells',
  params: OwnBookingPath,
  querystring: ReceiptQuery,
  response: { 200: PdfFile, ...problemResponses(...MEMBER_PROBLEMS, ...printProblems) },
};

export function organizerPaperRoutes(http: HttpServer, { papers, organizations }: PapersRoutes): void {
  const { catalog, sales, db } = papers.tickets;
  const own = async (request: FastifyRequest): Promise<OwnEvent & { bookingId: string }> => {
    const event = await requireOwnEvent({ catalog, organizations }, request);
    const ids = parseCellId('bkg', (request.params as { booking_id: string }).booking_id);
    if (ids?.eventId !== event.eventId) throw noSuchBooking();
    return { ...event, bookingId: ids.id };
  };

  const tickets = { ...withoutHead, schema: ticketsSchema, config: { permission: 'tickets.read' } } as const;
  http.get(`${PATH}/tickets.pdf`, tickets, async (request, reply) => {
    const { member, eventId, bookingId } = await own(request);
    const { bookings } = await readBookings(sales, { eventId, bookingIds: [bookingId] });
    if (bookings.length === 0) throw noSuchBooking();
    const file = await makeTickets(papers, { eventId, bookingId, buyerKeys: null }, { request, query: request.query });
    // Before a byte of it is sent: who has it can come in with it.
    const after = { booking_id: formatCellId('bkg', eventId, bookingId) };
    const action = { what: 'tickets.printed', subjectId: eventId, before: null, after };
    await db.transaction((tx) => organizations.recordAction(tx, member, action));
    return sendFile(reply, file);
  });

  const receipt = { ...withoutHead, schema: receiptSchema, config: { permission: 'bookings.read' } } as const;
  http.get(`${PATH}/receipt.pdf`, receipt, async (request, reply) => {
    const { eventId, bookingId } = await own(request);
    const asked = { eventId, bookingId, buyerKeys: null };
    return sendFile(reply, await makeReceipt(papers, asked, { request, locale: request.query.locale }));
  });
}

function noSuchBooking(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such booking in this event.' });
}
