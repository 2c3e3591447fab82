import type { HttpServer } from '../../../platform/http/index.ts';
import { beginPaymentRoute } from './begin-payment.ts';
import { listBookingsRoutes } from './list-bookings.ts';
import { listNoticesRoute } from './list-notices.ts';
import { moneyAuditRoutes } from './money-audit.ts';
import type { OrganizerRoutes } from './organizer-context.ts';
import { payoutsRoute } from './payouts.ts';
import { readPaymentRoute } from './read-payment.ts';
import { refundBookingRoutes } from './refund-booking.ts';
import { refundByBuyerRoute } from './refund-by-buyer.ts';
import { refundChoiceRoutes } from './refund-choice.ts';
import { refundPolicyRoutes } from './refund-policy.ts';
import { refundRunRoutes } from './refund-runs.ts';
import type { BuyerRoutes } from './routes-context.ts';

/** What buyers do about their payments. */
export function buyerPaymentRoutes(http: HttpServer, context: BuyerRoutes): void {
  beginPaymentRoute(http, context);
  readPaymentRoute(http, context);
  refundByBuyerRoute(http, context);
  refundChoiceRoutes(http, context);
}

/** What organizers see and do about the money of their events. */
export function organizerPaymentRoutes(http: HttpServer, context: OrganizerRoutes): void {
  listBookingsRoutes(http, context);
  refundBookingRoutes(http, context);
  refundPolicyRoutes(http, context);
  refundRunRoutes(http, context);
  moneyAuditRoutes(http, context);
  payoutsRoute(http, context);
  listNoticesRoute(http, context);
}
