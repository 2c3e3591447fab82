import {
  BookingPath,
  CalendarFile,
  PdfFile,
  problemResponses,
  ReceiptQuery,
  TicketPath,
  TicketPdfQuery,
  TicketsPdfQuery,
} from '@tessera/contract';
import type { FastifyReply } from 'fastify';
import { problem, type HttpServer } from '../../../../platform/http/index.ts';
import { readEvent } from '../../../catalog/index.ts';
import { renderCalendar } from '../../documents/index.ts';
import { readPrintable } from '../../queries/printable.ts';
import { readTicketOf, readTicketsOf } from '../../read-tickets.ts';
import { asHolder, holderProblems } from '../../routes/documents.ts';
import { bookingOfPath, noSuchTicket, ticketOfPath } from '../../routes/ids-of-path.ts';
import { calendarPaper } from '../calendar-paper.ts';
import type { PapersContext, PapersRoutes } from '../papers-context.ts';
import { makeReceipt } from './make-receipt.ts';
import { makeTickets, nothingToPrint, type AskedTickets } from './make-tickets.ts';
import { printProblems, withoutHead } from './documents.ts';
import { sendFile } from './send-file.ts';

const TICKETS_NOTE =
  'The tickets that the caller holds and that are valid, a page each: not those that others have taken over. At most 200 in a file.';

const ticketsSchema = {
  ...asHolder,
  operationId: 'printBookingTickets',
  summary: 'The tickets of a booking as a PDF',
  description: TICKETS_NOTE,
  params: BookingPath,
  querystring: TicketsPdfQuery,
  response: { 200: PdfFile, ...problemResponses(...holderProblems, ...printProblems, 'TICKETS_TOO_MANY_TO_PRINT') },
};

const ticketSchema = {
  ...asHolder,
  operationId: 'printTicket',
  summary: 'A ticket as a PDF',
  params: TicketPath,
  querystring: TicketPdfQuery,
  response: { 200: PdfFile, ...problemResponses(...holderProblems, ...printProblems) },
};

const receiptSchema = {
  ...asHolder,
  operationId: 'printReceipt',
  summary: 'The receipt of a booking as a PDF',
  description: 'For who booked. With what was given back since. Its number is always the same; it is not one of a series without gaps.',
  params: BookingPath,
  querystring: ReceiptQuery,
  response: { 200: PdfFile, ...problemResponses(...holderProblems, ...printProblems) },
};

const calendarSchema = {
  ...asHolder,
  operationId: 'readBookingCalendar',
  summary: 'The event of a booking for calendars',
  description: 'The entry that everybody may have, with where to join what takes place online.',
  params: BookingPath,
  response: { 200: CalendarFile, ...problemResponses(...holderProblems, 'TICKETS_NOTHING_TO_PRINT') },
};

export function holderPaperRoutes(http: HttpServer, { papers, requireHolder }: PapersRoutes): void {
  const holder = { ...withoutHead, config: { audience: 'holder' } } as const;

  http.get('/api/v1/bookings/:id/tickets.pdf', { ...holder, schema: ticketsSchema }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const asked = { ...bookingOfPath(request.params.id), buyerKeys };
    await requireSomething(papers, asked);
    return sendFile(reply, await makeTickets(papers, asked, { request, query: request.query }));
  });

  http.get('/api/v1/tickets/:id/pdf', { ...holder, schema: ticketSchema }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const { number, ...booking } = ticketOfPath(request.params.id);
    if (!(await readTicketOf(papers.tickets, { ...booking, number }, buyerKeys))) throw noSuchTicket();
    const query = { ...request.query, from: number, to: number };
    return sendFile(reply, await makeTickets(papers, { ...booking, buyerKeys }, { request, query }));
  });

  http.get('/api/v1/bookings/:id/receipt.pdf', { ...holder, schema: receiptSchema }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const asked = { ...bookingOfPath(request.params.id), buyerKeys };
    return sendFile(reply, await makeReceipt(papers, asked, { request, locale: request.query.locale }));
  });

  http.get('/api/v1/bookings/:id/calendar.ics', { ...holder, schema: calendarSchema }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const asked = { ...bookingOfPath(request.params.id), buyerKeys };
    await requireSomething(papers, asked);
    return answerCalendar(papers, asked, reply);
  });
}

/** Throws NOT_FOUND to who neither booked nor holds anything of it. */
async function requireSomething({ tickets }: PapersContext, asked: AskedTickets & { buyerKeys: readonly string[] }): Promise<void> {
  const page = await readTicketsOf(tickets, { ...asked, afterNumber: 0, limit: 1 });
  if (page === null) throw problem('NOT_FOUND', { detail: 'There is no such booking.' });
}

async function answerCalendar({ tickets, publicUrl }: PapersContext, asked: AskedTickets, reply: FastifyReply): Promise<FastifyReply> {
  const held = await readPrintable(tickets.db, { ...asked, from: 1, to: 2 ** 31 - 1, limit: 1 });
  const { eventId, bookingId } = asked;
  const event = held.length === 0 ? null : await readEvent(tickets.catalog, { eventId, viewer: { kind: 'organizer' } });
  if (!event) throw nothingToPrint();
  const bytes = renderCalendar(calendarPaper({ event, publicUrl, bookingId }));
  return sendFile(reply, { ascii: 'event', words: event.record.words.title, ending: 'ics', bytes });
}
