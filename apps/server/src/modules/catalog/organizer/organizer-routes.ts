import type { HttpServer } from '../../../platform/http/index.ts';
import { changeQuotaRoute } from './change-quota.ts';
import { changeSaleRoute } from './change-sale.ts';
import { changeTicketTypeRoute } from './change-ticket-type.ts';
import { createEventRoute } from './create-event.ts';
import { createQuotaRoute } from './create-quota.ts';
import { createTicketTypeRoute } from './create-ticket-type.ts';
import type { OrganizerContext } from './documents.ts';
import { duplicateEventRoute } from './duplicate-event.ts';
import { listQuotasRoute } from './list-quotas.ts';
import { listTicketTypesRoute } from './list-ticket-types.ts';
import { promoCodeRoutes } from './promo-codes.ts';
import { readSaleRoute } from './read-sale.ts';
import { setAsideRoute } from './set-aside.ts';

const ROUTES = [
  createEventRoute,
  duplicateEventRoute,
  readSaleRoute,
  changeSaleRoute,
  listTicketTypesRoute,
  createTicketTypeRoute,
  changeTicketTypeRoute,
  setAsideRoute,
  listQuotasRoute,
  createQuotaRoute,
  changeQuotaRoute,
  promoCodeRoutes,
];

/** What members do with the events of their organization. */
export function organizerRoutes(http: HttpServer, context: OrganizerContext): void {
  for (const register of ROUTES) register(http, context);
}
