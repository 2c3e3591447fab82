import type { HttpServer } from '../../../../platform/http/index.ts';
import type { PapersRoutes } from '../papers-context.ts';
import { eventCalendarRoute } from './event-calendar.ts';
import { holderPaperRoutes } from './holder-papers.ts';
import { organizerPaperRoutes } from './organizer-papers.ts';

/** Tickets, receipts and calendar entries, as files. */
export function papersRoutes(http: HttpServer, parts: PapersRoutes): void {
  holderPaperRoutes(http, parts);
  organizerPaperRoutes(http, parts);
  eventCalendarRoute(http, parts.papers);
}
