import { BODY_PROBLEMS, BookingAttendees, BookingPath, problemResponses, SetAttendeesBody } from '@tessera/contract';
import type { HttpServer } from '../../../../platform/http/index.ts';
import { asHolder, holderProblems } from '../../routes/documents.ts';
import { bookingOfPath } from '../../routes/ids-of-path.ts';
import { presentAttendees, sayingsOf } from '../body.ts';
import type { AttendeesRoutes } from '../context.ts';
import { noSuchBooking, problemOfWrite } from '../errors.ts';
import { readSheet, viewSheet } from '../read-attendees.ts';
import { writeAttendees } from '../write-attendees.ts';

const PATH = '/api/v1/bookings/:id/attendees';

const common = { tags: ['bookings'], security: asHolder.security, params: BookingPath };

const readSchema = {
  ...common,
  operationId: 'readAttendees',
  summary: 'Who comes with the tickets of a booking, and what is still to be answered',
  description: 'Whoever was passed a ticket sees that ticket alone.',
  response: { 200: BookingAttendees, ...problemResponses(...holderProblems) },
};

const setSchema = {
  ...common,
  operationId: 'setAttendees',
  summary: 'Say who comes with the tickets of a booking, and answer what is asked',
  description:
    'What is named is replaced, tickets that are not named stay as they are. Required answers may come later, but before the payment. ' +
    'Names and answers are kept under a key of the buyer.',
  body: SetAttendeesBody,
  response: { 200: BookingAttendees, ...problemResponses(...holderProblems, ...BODY_PROBLEMS, 'ATTENDEES_CLOSED') },
};

export function bookingAttendeesRoutes(http: HttpServer, { attendees, requireHolder }: AttendeesRoutes): void {
  http.get(PATH, { schema: readSchema, config: { audience: 'holder' } }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const booking = bookingOfPath(request.params.id);
    const sheet = await readSheet(attendees, { ...booking, buyerKeys });
    if (!sheet) throw noSuchBooking();
    reply.header('cache-control', 'private, no-store');
    return presentAttendees(booking.eventId, await viewSheet(attendees, sheet));
  });
  http.put(PATH, { schema: setSchema, config: { audience: 'holder' } }, async (request, reply) => {
    const buyerKeys = await requireHolder(request);
    const booking = bookingOfPath(request.params.id);
    const outcome = await writeAttendees(attendees, { ...booking, buyerKeys }, sayingsOf(request.body, booking.eventId));
    if (outcome.kind !== 'written') throw problemOfWrite(outcome);
    reply.header('cache-control', 'private, no-store');
    return presentAttendees(booking.eventId, outcome.view);
  });
}
