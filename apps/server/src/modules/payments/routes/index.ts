import type { HttpServer } from '../../../platform/http/index.ts';
import { beginPaymentRoute } from './begin-payment.ts';
import { readPaymentRoute } from './read-payment.ts';
import type { BuyerRoutes } from './routes-context.ts';

/** What buyers do about their payments. */
export function buyerPaymentRoutes(http: HttpServer, context: BuyerRoutes): void {
  beginPaymentRoute(http, context);
  readPaymentRoute(http, context);
}
