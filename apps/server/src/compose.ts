import { randomFillSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { seedDemo } from './demo/index.ts';
import { buildOutbox, type Mailer } from './engines/mail/index.ts';
import { buildSandboxClient, paymentsAccess, type PaymentProvider, type PaymentsAccess } from './engines/payments/index.ts';
import { buildAccounts, problemOfAccountsError, type Accounts } from './modules/accounts/index.ts';
import { buildBuyers, type BuyersModule } from './modules/buyers/index.ts';
import { buildCatalog, readEventOwner, readEventStart, type CatalogModule } from './modules/catalog/index.ts';
import { buildOrganizations, mayBeScope } from './modules/organizations/index.ts';
import { buildMoneyLane, buildPayments, purgeMoney, readTransfersOf, type PaymentsModule } from './modules/payments/index.ts';
import { buildAuditDesk, buildSales, problemOfLaneError, startContinuousAudit, type SalesModule } from './modules/sales/index.ts';
import {
  buildTickets,
  buildTicketsInLane,
  openDoorLanes,
  purgeTickets,
  type DoorLanes,
  type TicketsModule,
} from './modules/tickets/index.ts';
import type { DeclaredRoute } from './declared-routes.ts';
import { registerRoutes } from './register-routes.ts';
import { systemClock } from './platform/clock/index.ts';
import { buildNews, type News } from './platform/news.ts';
import { openDb, type Db } from './platform/db/index.ts';
import { buildServer, closeServer, type HttpServer } from './platform/http/index.ts';
import { systemRandom } from './platform/random.ts';
import { buildLaneTelemetry, buildLog, buildTelemetry, type Log, type Telemetry } from './platform/telemetry/index.ts';

export type ComposeOptions = {
  config: Config;
  database: { url: string; directUrl: string };
  secrets: { serverKey: Buffer; internalSecret: string | null };
  /** How the payment provider is reached; without it nothing can be paid. */
  payments?: PaymentsAccess;
  /** Where log lines go; standard output unless a test says otherwise. */
  log?: Log;
  /** How mail leaves; a folder of the home unless a test says otherwise. */
  mailer?: Mailer;
  /** The provider itself, where a test brings one of its own. */
  provider?: PaymentProvider;
};

export type App = {
  server: HttpServer;
  /** Every route there is, and whom it is for. */
  routes: readonly DeclaredRoute[];
  /** Begins to serve, and with the role `worker` to do what follows a sale. */
  listen(): Promise<{ port: number }>;
  /** Stops accepting, finishes what has begun, closes connections. A second call waits for the first. */
  close(): Promise<void>;
  seedDemo(): Promise<void>;
};

type Parts = {
  config: Config;
  telemetry: Telemetry;
  db: Db;
  accounts: Accounts;
  sales: SalesModule;
  catalog: CatalogModule;
  buyers: BuyersModule;
  payments: PaymentsModule;
  provider: PaymentProvider;
  news: News;
  tickets: TicketsModule;
  doorLanes: DoorLanes;
  server: HttpServer;
  routes: readonly DeclaredRoute[];
};

/** The one composition root: config → database and telemetry → modules → routes of the roles. Opens no port yet. */
export async function compose(options: ComposeOptions): Promise<App> {
  const { config, database, secrets } = options;
  const telemetry = buildTelemetry(options.log ?? buildLog(config.logLevel));
  const { log } = telemetry;
  const onError = (error: Error) => log.warn({ err: error }, 'A database connection broke; the pool replaces it.');
  const db = openDb({ url: database.url, poolMax: config.database.poolMax, onError });
  telemetry.watchPool('database', db.load);
  const clock = systemClock;
  const provider = openProvider(options);
  const mailer = options.mailer ?? buildOutbox({ folder: join(config.home, 'outbox'), clock });
  const accounts = buildAccounts({ serverKey: secrets.serverKey, db, clock, log, mailer, mayBeScope, publicUrl: config.publicUrl });
  const moneyLane = buildMoneyLane();
  const sales = buildSales({
    db,
    laneUrl: database.directUrl,
    settings: config.lane,
    random: systemRandom,
    telemetry: telemetry.lane,
    log,
    parts: [buildTicketsInLane((bytes) => void randomFillSync(bytes)), moneyLane.part],
  });
  const catalog = buildCatalog({ db, sales, clock, purges: [purgeMoney, purgeTickets] });
  const organizations = buildOrganizations({
    ...{ ...secrets, db, clock, mailer, accounts },
    exists: (id) => catalog.hasOrganization(id),
  });
  const buyers = buildBuyers({
    ...{ serverKey: secrets.serverKey, db, clock, mailer, accounts, sales, random: systemRandom, log },
    publicUrl: config.publicUrl,
  });
  const news = buildNews();
  const doorTelemetry = buildLaneTelemetry(telemetry.exposition, 'doors');
  const doorLanes = openDoorLanes({ db, laneUrl: database.directUrl, settings: config.doors, telemetry: doorTelemetry, log });
  const tickets = buildTickets({
    ...{ serverKey: secrets.serverKey, db, clock, log, mailer, accounts, sales, catalog, organizations, doorLanes },
    claimedBy: buyers.claimedBy,
    personalKeys: buyers.personalKeys,
    movesOf: ({ eventId, bookingId }) => readTransfersOf(db, eventId, bookingId),
    news,
    isSandboxPaid: ({ tender, paidMinor }) => provider.isSandbox && tender === 'card' && paidMinor > 0,
    publicUrl: config.publicUrl,
  });
  const payments = buildPayments({
    ...{ db, sales, moneyLane, clock, log, random: systemRandom, exposition: telemetry.exposition, publicUrl: config.publicUrl },
    provider,
    news,
    beforePayment: (booking) => tickets.attendees.requireAnswers(booking),
    beforeReturn: (asked) => tickets.requireReturnable(asked),
    isTestEvent: async (eventId) => (await readEventOwner(db, eventId))?.isTest ?? false,
    startOf: async (eventId) => (await readEventStart(db, eventId))?.startsAtMs ?? null,
  });
  const auditDesk = buildAuditDesk({ db, clock });
  const server = buildServer({ telemetry, translators: [problemOfLaneError, problemOfAccountsError] });
  const draining = { isDraining: false };
  const routes = await registerRoutes(server, {
    roles: config.roles,
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
    internalSecret: secrets.internalSecret,
    isDraining: () => draining.isDraining,
  });
  return assemble(
    { config, telemetry, db, accounts, sales, catalog, buyers, payments, tickets, doorLanes, provider, news, server, routes },
    draining,
  );
}

/** Where nothing is said of a provider, nobody listens: whoever wants to pay hears that it is not possible now. */
const NOWHERE = 'http://127.0.0.1:9';
const NOTHING_GIVEN = { apiKey: null, webhookSecrets: null, account: null };

function openProvider({ provider, payments, secrets }: ComposeOptions): PaymentProvider {
  return provider ?? buildSandboxClient(payments ?? paymentsAccess(NOWHERE, NOTHING_GIVEN, secrets.serverKey));
}

function assemble(parts: Parts, draining: { isDraining: boolean }): App {
  const { config, accounts, sales, catalog, buyers, payments, tickets, server, routes } = parts;
  let audit: { stop(): Promise<void> } | null = null;
  let closing: Promise<void> | null = null;
  return {
    server,
    routes,
    listen: async () => {
      await accounts.start();
      await server.listen({ host: config.http.host, port: config.http.port });
      // Every server gives back what falls due, tickets and money; the audit, and what is made from facts, are the worker's.
      sales.start();
      payments.start();
      if (config.roles.has('worker')) {
        audit = startAudit(parts);
        buyers.start();
        tickets.start();
      }
      return { port: (server.server.address() as AddressInfo).port };
    },
    close: () => {
      draining.isDraining = true;
      closing ??= closeInOrder(parts, () => audit?.stop());
      return closing;
    },
    seedDemo: () => seedDemo(catalog),
  };

  function startAudit({ db, telemetry }: Parts): { stop(): Promise<void> } {
    return startContinuousAudit({ db, clock: systemClock, log: telemetry.log, telemetry });
  }
}

/** Of the time to stop, the share in which requests in flight may end; the rest is for what they stand on. */
const DRAIN_SHARE = 0.8;

/** What takes requests first, what they stand on last; all within `shutdownMs`. */
async function closeInOrder(
  { config, telemetry, db, accounts, sales, buyers, payments, tickets, doorLanes, provider, news, server }: Parts,
  stopAudit: () => Promise<void> | undefined,
): Promise<void> {
  const beganMs = performance.now();
  // Whoever waits for tickets is answered as things are.
  news.close();
  const stopped = Promise.all([stopAudit(), buyers.stop(), payments.stop(), tickets.stop()]);
  await closeServer(server, config.shutdownMs * DRAIN_SHARE);
  // Whoever still waits for the provider hears at once that it is not to be had.
  provider.close();
  const leftMs = () => Math.max(0, config.shutdownMs - (performance.now() - beganMs));
  await Promise.all([sales.close(leftMs()), doorLanes.close(leftMs())]);
  await stopped;
  await accounts.close(leftMs());
  await db.close();
  await tickets.close();
  telemetry.close();
}
