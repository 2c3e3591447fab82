import type { HttpServer } from '../../../platform/http/index.ts';
import type { BuyersRoutes } from '../context.ts';
import { bookingLinkRoutes } from './booking-links.ts';
import { bookingsRoutes } from './bookings.ts';
import { claimRoutes } from './claims.ts';
import { contactRoutes } from './contact.ts';

/** The routes of what a buyer has across events. */
export function buyersRoutes(http: HttpServer, parts: BuyersRoutes): void {
  bookingsRoutes(http, parts);
  contactRoutes(http, parts);
  bookingLinkRoutes(http, parts);
  claimRoutes(http, parts);
}
