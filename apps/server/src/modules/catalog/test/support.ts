import { randomFillSync } from 'node:crypto';
import { createDatabase } from '../../../../../../test/support/database.ts';
import { systemClock, type Clock } from '../../../platform/clock/index.ts';
import { openDb } from '../../../platform/db/index.ts';
import { buildServer, closeServer, requireSecret, type HttpServer } from '../../../platform/http/index.ts';
import { systemRandom } from '../../../platform/random.ts';
import { buildLog, buildTelemetry } from '../../../platform/telemetry/index.ts';
import { buildAccounts } from '../../accounts/index.ts';
import { buildOrganizations, mayBeScope } from '../../organizations/index.ts';
import { purgeMoney } from '../../payments/index.ts';
import { bookingRoutes, buildSales, internalBookingRoutes, problemOfLaneError, type SalesModule } from '../../sales/index.ts';
import { buildTicketsInLane, purgeTickets } from '../../tickets/index.ts';
import { buildCatalog, type CatalogModule } from '../index.ts';

export const SECRET = 'a-secret-of-this-test';

export type Answer = { status: number; body: Record<string, unknown>; text: string; headers: Record<string, unknown> };

export type Call = { key?: string | null; secret?: string | null; token?: string; headers?: Record<string, string> };

export type CatalogUnderTest = {
  catalog: CatalogModule;
  sales: SalesModule;
  http: HttpServer;
  /** Sends a request; organizer's paths go with the secret and a key of their own unless told otherwise. */
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown, call?: Call): Promise<Answer>;
  buyerToken(): string;
  close(): Promise<void>;
};

/** The catalog with its routes, the sale and buyers' routes, on a database of its own. The platform acts for every organization. */
export async function openCatalog({ clock = systemClock }: { clock?: Clock } = {}): Promise<CatalogUnderTest> {
  const database = await createDatabase();
  const log = buildLog('silent');
  const telemetry = buildTelemetry(log);
  const db = openDb({ url: database.url, poolMax: 5, onError: () => {} });
  const settings = { connections: 4, batchMax: 500, queueMax: 5_000, deadlineMs: 5_000 };
  const sales = buildSales({
    db,
    laneUrl: database.url,
    settings,
    random: systemRandom,
    telemetry: telemetry.lane,
    log,
    parts: [buildTicketsInLane((bytes) => void randomFillSync(bytes))],
  });
  const catalog = buildCatalog({ db, sales, clock, purges: [purgeMoney, purgeTickets] });
  const people = {
    serverKey: Buffer.alloc(32, 7),
    db,
    clock: systemClock,
    log,
    mailer: { send: async () => {} },
    mayBeScope,
    publicUrl: 'http://localhost:8080',
  };
  const accounts = buildAccounts(people);
  const exists = (id: string) => catalog.hasOrganization(id);
  const organizations = buildOrganizations({ ...people, accounts, internalSecret: SECRET, exists });
  const http = buildServer({ telemetry, translators: [problemOfLaneError] });
  accounts.routes(http);
  bookingRoutes(http, { sales, requireBuyer: accounts.requireBuyer });
  catalog.routes(http);
  catalog.organizationRoutes(http, organizations);
  internalBookingRoutes(http, { sales, requireSecret: requireSecret(SECRET) });
  return {
    catalog,
    sales,
    http,
    send: (method, url, body, call = {}) => send(http, { method, url, body, call }),
    buyerToken: () => accounts.issueBuyerSession(systemClock.nowMs()).token,
    close: async () => {
      await closeServer(http, 1_000);
      await sales.close(1_000);
      await accounts.close(1_000);
      await db.close();
      telemetry.close();
      await database.close();
    },
  };
}

type Request = { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; url: string; body: unknown; call: Call };

let lastKey = 0;

async function send(http: HttpServer, { method, url, body, call }: Request): Promise<Answer> {
  lastKey += 1;
  const { key = `key-${lastKey}`, secret = SECRET, token, headers = {} } = call;
  const bearer = /^\/(internal|api\/v1\/organizations)/.test(url) ? secret : (token ?? null);
  const response = await http.inject({
    method,
    url,
    headers: {
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
      ...(key !== null && method !== 'GET' && { 'idempotency-key': key }),
      ...headers,
    },
    ...(body !== undefined && { payload: body as object }),
  });
  const isJson = String(response.headers['content-type'] ?? '').includes('json');
  const parsed = isJson && response.payload !== '' ? (response.json() as Record<string, unknown>) : {};
  return { status: response.statusCode, body: parsed, text: response.payload, headers: response.headers };
}
