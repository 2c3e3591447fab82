import type { Role } from './config.ts';
import { noteRoutes, type DeclaredRoute } from './declared-routes.ts';
import type { Accounts } from './modules/accounts/index.ts';
import type { BuyersModule } from './modules/buyers/index.ts';
import type { CatalogModule } from './modules/catalog/index.ts';
import type { Organizations } from './modules/organizations/index.ts';
import type { PaymentsModule } from './modules/payments/index.ts';
import { bookingRoutes, internalBookingRoutes, isEventPublic, readAuditRoute, type AuditDesk, type Sales } from './modules/sales/index.ts';
import type { TicketsModule } from './modules/tickets/index.ts';
import { pagesRoutes } from './pages/index.ts';
import type { Db } from './platform/db/index.ts';
import { healthRoutes, metricsRoute, requireSecret, serveDocument, type HttpServer } from './platform/http/index.ts';
import type { Telemetry } from './platform/telemetry/index.ts';

export type RoutesParts = {
  roles: ReadonlySet<Role>;
  telemetry: Telemetry;
  db: Db;
  accounts: Accounts;
  sales: Sales;
  catalog: CatalogModule;
  organizations: Organizations;
  buyers: BuyersModule;
  payments: PaymentsModule;
  tickets: TicketsModule;
  auditDesk: AuditDesk;
  /** The secret of the payment's routes; null leaves them out. */
  internalSecret: string | null;
  isDraining: () => boolean;
};

/**
 * The routes of a server's roles. Every server answers for its health and its metrics; the rest is the role `api`'s. Throws
 * if one of them does not say whom it is for.
 */
export async function registerRoutes(server: HttpServer, parts: RoutesParts): Promise<readonly DeclaredRoute[]> {
  const {
    roles,
    telemetry,
    db,
    accounts,
    sales,
    catalog,
    organizations,
    buyers,
    payments,
    tickets,
    auditDesk,
    internalSecret,
    isDraining,
  } = parts;
  const declaredRoutes = noteRoutes(server);
  if (roles.has('api')) {
    await serveDocument(server);
    accounts.routes(server);
    buyers.routes(server);
    tickets.routes(server);
    catalog.routes(server);
    catalog.organizationRoutes(server, organizations);
    payments.buyerRoutes(server, { requireBuyer: accounts.requireBuyer });
    payments.organizerRoutes(server, { catalog, organizations });
    await payments.webhookRoute(server);
    bookingRoutes(server, {
      ...{ sales, requireBuyer: accounts.requireBuyer, beforeConfirm: tickets.attendees.requireAnswersBefore },
      findUnofferable: (asked) => tickets.findUnofferable(asked),
    });
    if (internalSecret !== null) internalBookingRoutes(server, { sales, requireSecret: requireSecret(internalSecret) });
    readAuditRoute(server, { auditDesk, isPublic: (eventId) => isEventPublic(sales, eventId) });
    pagesRoutes(server, { catalog });
  }
  healthRoutes(server, { probe: () => db.query('select 1'), isDraining });
  metricsRoute(server, telemetry);
  await server.ready();
  return declaredRoutes();
}
