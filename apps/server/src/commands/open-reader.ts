import { buildSales, type Sales } from '../modules/sales/index.ts';
import { openDb, type Db } from '../platform/db/index.ts';
import { systemRandom } from '../platform/random.ts';
import { buildLog, buildTelemetry } from '../platform/telemetry/index.ts';

export type Reader = { db: Db; sales: Sales; close(): Promise<void> };

/** What commands read a database with, beside its servers. Its lanes are given nothing to do, and so open no connection. */
export function openReader(databaseUrl: string): Reader {
  const db = openDb({ url: databaseUrl, poolMax: 1, onError: () => undefined });
  const { lane, log, close: closeTelemetry } = buildTelemetry(buildLog('silent'));
  const settings = { connections: 1, batchMax: 1, queueMax: 1, deadlineMs: 1_000 };
  const sales = buildSales({ db, laneUrl: databaseUrl, settings, random: systemRandom, telemetry: lane, log });
  return {
    db,
    sales,
    close: async () => {
      await sales.close(0);
      await db.close();
      closeTelemetry();
    },
  };
}
