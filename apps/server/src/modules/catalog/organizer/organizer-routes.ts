import type { HttpServer } from '../../../platform/http/index.ts';
import { changeEventRoute } from './change-event.ts';
import { changeProfileRoute } from './change-profile.ts';
import { changeQuotaRoute } from './change-quota.ts';
import { changeSaleRoute } from './change-sale.ts';
import { changeTicketTypeRoute } from './change-ticket-type.ts';
import { createEventRoute } from './create-event.ts';
import { createQuotaRoute } from './create-quota.ts';
import { createTicketTypeRoute } from './create-ticket-type.ts';
import type { OrganizerContext } from './documents.ts';
import { duplicateEventRoute } from './duplicate-event.ts';
import { listOrganizerEventsRoute } from './list-events.ts';
import { listQuotasRoute } from './list-quotas.ts';
import { listTicketTypesRoute } from './list-ticket-types.ts';
import { promoCodeRoutes } from './promo-codes.ts';
import { questionRoutes } from './questions.ts';
import { readOrganizerEventRoute } from './read-event.ts';
import { readConsequencesRoute } from './read-consequences.ts';
import { readSaleRoute } from './read-sale.ts';
import { setAsideRoute } from './set-aside.ts';
import { venueRoutes } from './venues.ts';

const ROUTES = [
  changeProfileRoute,
  venueRoutes,
  listOrganizerEventsRoute,
  createEventRoute,
  duplicateEventRoute,
  readOrganizerEventRoute,
  changeEventRoute,
  readConsequencesRoute,
  questionRoutes,
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

/** What members do with the events of their organization, and with what these share. */
export function organizerRoutes(http: HttpServer, context: OrganizerContext): void {
  for (const register of ROUTES) register(http, context);
}
