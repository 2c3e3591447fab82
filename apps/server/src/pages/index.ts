import type { HttpServer } from '../platform/http/index.ts';
import { assetsRoute } from './routes/assets.ts';
import { auditPageRoute } from './routes/audit-page.ts';
import { eventListPageRoute } from './routes/event-list-page.ts';
import { eventPageRoute } from './routes/event-page.ts';
import { findTicketsPageRoute } from './routes/find-tickets-page.ts';
import { picturesRoute } from './routes/pictures.ts';
import type { PagesContext } from './routes/pages-context.ts';

export type { PagesContext } from './routes/pages-context.ts';

/** Registers the plain pages: events, an event with its booking form, its audit, and where tickets are found again. */
export function pagesRoutes(http: HttpServer, context: PagesContext): void {
  eventListPageRoute(http, context);
  eventPageRoute(http, context);
  auditPageRoute(http, context);
  findTicketsPageRoute(http);
  picturesRoute(http);
  assetsRoute(http);
}
