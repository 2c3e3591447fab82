import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import type { HttpServer } from '../../../platform/http/index.ts';
import type { PersonalKeys } from '../../buyers/index.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Organizations } from '../../organizations/index.ts';
import { buildKeyedReader, type Sales } from '../../sales/index.ts';
import { buildAskedQuestions } from './asked-questions.ts';
import type { AttendeesContext } from './context.ts';
import { findMissingAnswers, type Missing, type OfBooking } from './find-missing.ts';
import { listAttendees, type ListAttendees, type ListedAttendee } from './list-attendees.ts';
import { readNames, type HeldTicket } from './read-names.ts';
import { requireAnswers, requireAnswersBefore, type BeforeConfirm } from './require-answers.ts';
import { bookingAttendeesRoutes } from './routes/booking-attendees.ts';
import { exportAttendeesRoute } from './routes/export-attendees.ts';
import { organizerAttendeesRoutes } from './routes/organizer-attendees.ts';

export type { Missing, OfBooking } from './find-missing.ts';
export type { ListedAttendee } from './list-attendees.ts';

/** Who comes with which ticket, and what buyers are asked. */
export type Attendees = {
  /** Required questions of a booking that nobody has answered. */
  findMissingAnswers(booking: OfBooking): Promise<Missing[]>;
  /** The same for who begins a payment: throws ATTENDEES_INCOMPLETE, which says what is missing. */
  requireAnswers(booking: OfBooking): Promise<void>;
  /** The same for the sale's `beforeConfirm`. */
  requireAnswersBefore(asked: BeforeConfirm): Promise<void>;
  /** The names on tickets, in their order; null where nobody gave one. */
  readNames(of: { eventId: string; tickets: readonly HeldTicket[] }): Promise<(string | null)[]>;
  /** A page of the valid tickets of an event, by booking and number. */
  listAttendees(page: ListAttendees): Promise<ListedAttendee[]>;
  /** Registers the routes of holders and of organizers. */
  routes(http: HttpServer): void;
};

export type AttendeesOptions = {
  db: Db;
  clock: Clock;
  sales: Sales;
  catalog: Catalog;
  personalKeys: PersonalKeys;
  organizations: Organizations;
  /** The buyers for whom a request may act. */
  requireHolder(request: FastifyRequest): Promise<readonly string[]>;
};

export function buildAttendees({ db, clock, sales, catalog, organizations, personalKeys, requireHolder }: AttendeesOptions): Attendees {
  const attendees: AttendeesContext = {
    ...{ db, clock, sales, catalog, personalKeys },
    inOrder: buildKeyedReader(db),
    asked: buildAskedQuestions({ db, clock }),
  };
  return {
    findMissingAnswers: (booking) => findMissingAnswers(attendees, booking),
    requireAnswers: (booking) => requireAnswers(attendees, booking),
    requireAnswersBefore: (asked) => requireAnswersBefore(attendees, asked),
    readNames: (of) => readNames(attendees, of),
    listAttendees: (page) => listAttendees(attendees, page),
    routes: (http) => {
      bookingAttendeesRoutes(http, { attendees, requireHolder });
      const context = { attendees, catalog, organizations };
      organizerAttendeesRoutes(http, context);
      exportAttendeesRoute(http, context);
    },
  };
}
