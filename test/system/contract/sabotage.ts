import { buildAccounts } from '../../../apps/server/src/modules/accounts/index.ts';
import { buildBuyers } from '../../../apps/server/src/modules/buyers/index.ts';
import { buildCatalog } from '../../../apps/server/src/modules/catalog/index.ts';
import { buildPayments, buildMoneyLane } from '../../../apps/server/src/modules/payments/index.ts';
import { buildFakeProvider } from '../../../apps/server/src/modules/payments/test/fake-provider.ts';
import { buildOrganizations, mayBeScope } from '../../../apps/server/src/modules/organizations/index.ts';
import { buildAuditDesk } from '../../../apps/server/src/modules/sales/audit/index.ts';
import { LaneBusy, problemOfLaneError, type Sales } from '../../../apps/server/src/modules/sales/index.ts';
import { buildTickets, type DoorLanes } from '../../../apps/server/src/modules/tickets/index.ts';
import { systemClock } from '../../../apps/server/src/platform/clock/index.ts';
import type { Db } from '../../../apps/server/src/platform/db/index.ts';
import { buildServer, type HttpServer } from '../../../apps/server/src/platform/http/index.ts';
import { buildLog, buildTelemetry } from '../../../apps/server/src/platform/telemetry/index.ts';
import { registerRoutes } from '../../../apps/server/src/register-routes.ts';

/** How everything behind the routes fails: by a bug, or because the database is away and the lanes are full. */
export type Sabotage = 'bug' | 'away';

/** The real routes over a database, lanes and a clock that fail. */
export async function buildSabotaged(sabotage: Sabotage, serverKey: Buffer): Promise<HttpServer> {
  const fail = (error: Error) => () => Promise.reject(error);
  const databaseError =
    sabotage === 'bug' ? new Error('a bug') : Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const query = fail(databaseError);
  const db: Db = { query, queryRows: query, transaction: query, load: () => ({ total: 0, idle: 0, waiting: 0 }), close: async () => {} };
  const submit = fail(sabotage === 'bug' ? databaseError : new LaneBusy('full'));
  // Only what the routes call: the class has private parts that a stand-in cannot have.
  const sales: Sales = { db, lanes: { submit } as unknown as Sales['lanes'] };
  const telemetry = buildTelemetry(buildLog('silent'));
  const server = buildServer({ telemetry, translators: [problemOfLaneError] });
  const people = {
    serverKey,
    db,
    log: telemetry.log,
    mailer: { send: fail(databaseError) },
    mayBeScope,
    publicUrl: 'http://localhost:8080',
  };
  const accounts = {
    ...buildAccounts({ ...people, clock: systemClock }),
    routes: buildAccounts({ ...people, clock: sabotage === 'bug' ? { nowMs: throwBug } : systemClock }).routes,
  };
  const organizations = buildOrganizations({ ...people, clock: systemClock, accounts, internalSecret: null, exists: fail(databaseError) });
  const catalog = buildCatalog({ db, sales, clock: systemClock });
  const buyers = buildBuyers({ ...people, clock: systemClock, random: () => 0.5, sales, accounts });
  await registerRoutes(server, {
    roles: new Set(['api']),
    telemetry,
    db,
    accounts,
    sales,
    catalog,
    organizations,
    buyers,
    payments: buildPayments({
      ...{ db, sales, clock: systemClock, random: () => 0.5, log: telemetry.log, exposition: telemetry.exposition },
      ...{ provider: buildFakeProvider(), moneyLane: buildMoneyLane(), publicUrl: people.publicUrl },
      isTestEvent: fail(databaseError),
      startOf: fail(databaseError),
    }),
    tickets: buildTickets({
      ...{ ...people, clock: systemClock, sales, catalog, accounts, organizations, ...buyers },
      doorLanes: { submit } as unknown as DoorLanes,
      movesOf: fail(databaseError),
      isSandboxPaid: () => true,
    }),
    auditDesk: buildAuditDesk({ db, clock: systemClock }),
    internalSecret: null,
    isDraining: sabotage === 'bug' ? throwBug : () => false,
  });
  return server;
}

function throwBug(): never {
  throw new Error('a bug');
}
