import type { HttpServer } from '../platform/http/index.ts';
import { acceptTicketPageRoute } from './routes/accept-ticket-page.ts';
import { assetsRoute } from './routes/assets.ts';
import { auditPageRoute } from './routes/audit-page.ts';
import { bookingPageRoute } from './routes/booking-page.ts';
import { eventListPageRoute } from './routes/event-list-page.ts';
import { eventPageRoute } from './routes/event-page.ts';
import { findTicketsPageRoute } from './routes/find-tickets-page.ts';
import { picturesRoute } from './routes/pictures.ts';
import type { PagesContext } from './routes/pages-context.ts';
import { ticketPageRoute } from './routes/ticket-page.ts';

export type { PagesContext } from './routes/pages-context.ts';

/** Registers the plain pages: events, an event with its form, a booking with its tickets, where they are found again and passed on, audits. */
export function pagesRoutes(http: HttpServer, context: PagesContext): void {
  eventListPageRoute(http, context);
  eventPageRoute(http, context);
  bookingPageRoute(http, context);
  ticketPageRoute(http, context);
  acceptTicketPageRoute(http);
  auditPageRoute(http, context);
  findTicketsPageRoute(http);
  picturesRoute(http);
  assetsRoute(http);
}
