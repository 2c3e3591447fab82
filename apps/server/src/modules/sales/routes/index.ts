import type { HttpServer } from '../../../platform/http/index.ts';
import { cancelBookingRoute } from './cancel-booking.ts';
import { confirmBookingRoute } from './confirm-booking.ts';
import { extendBookingRoute } from './extend-booking.ts';
import { cancelSoldBookingRoute } from './internal-cancel-booking.ts';
import { confirmPaidBookingRoute } from './internal-confirm-booking.ts';
import { offerTicketsRoute } from './offer-tickets.ts';
import { placeBookingRoute } from './place-booking.ts';
import { quoteRoute } from './quote.ts';
import { readBookingRoute } from './read-booking.ts';
import { releaseBookingRoute } from './release-booking.ts';
import type { InternalRoutesContext, RoutesContext } from './routes-context.ts';
import { withdrawOffersRoute } from './withdraw-offers.ts';

/** Registers the buyers' routes of the sale. */
export function bookingRoutes(http: HttpServer, context: RoutesContext): void {
  placeBookingRoute(http, context);
  quoteRoute(http, context);
  readBookingRoute(http, context);
  extendBookingRoute(http, context);
  releaseBookingRoute(http, context);
  confirmBookingRoute(http, context);
  cancelBookingRoute(http, context);
  offerTicketsRoute(http, context);
  withdrawOffersRoute(http, context);
}

/** Registers payment's routes: what is paid, what is cancelled. For who knows the internal secret. */
export function internalBookingRoutes(http: HttpServer, context: InternalRoutesContext): void {
  confirmPaidBookingRoute(http, context);
  cancelSoldBookingRoute(http, context);
}
