import { requireSecret, type HttpServer } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import { changeQuotaRoute } from './change-quota.ts';
import { changeSaleRoute } from './change-sale.ts';
import { changeTicketTypeRoute } from './change-ticket-type.ts';
import { createEventRoute } from './create-event.ts';
import { createOrganizationRoute } from './create-organization.ts';
import { createQuotaRoute } from './create-quota.ts';
import { createTicketTypeRoute } from './create-ticket-type.ts';
import { setAsideRoute } from './set-aside.ts';

const ROUTES = [
  createOrganizationRoute,
  createEventRoute,
  changeSaleRoute,
  createTicketTypeRoute,
  changeTicketTypeRoute,
  setAsideRoute,
  createQuotaRoute,
  changeQuotaRoute,
];

/** The organizer's routes, for who knows the secret. They go when organizers have keys of their own. */
export function internalRoutes(http: HttpServer, { catalog, secret }: { catalog: Catalog; secret: string }): void {
  const context = { catalog, requireSecret: requireSecret(secret) };
  for (const register of ROUTES) register(http, context);
}
