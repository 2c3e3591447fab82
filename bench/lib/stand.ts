import { openDb } from '../../apps/server/src/platform/db/index.ts';
import type { Db } from '../../apps/server/src/platform/db/index.ts';
import type { ChildServer } from './child-server.ts';
import type { Closers } from './closers.ts';
import { startDatabase } from './database.ts';
import type { BenchDatabase } from './database.ts';
import { startGenerator } from './generator.ts';
import type { Generator } from './generator.ts';
import { createHotEvent } from './hot-event.ts';
import type { HotEvent } from './hot-event.ts';
import { makeKeys, startTessera } from './tessera-server.ts';
import type { Keys } from './tessera-server.ts';

/** What benches of the sale stand on: a database, servers of one sale, one hot event, the load generator. */
export type Stand = {
  database: BenchDatabase;
  db: Db;
  keys: Keys;
  servers: readonly ChildServer[];
  event: HotEvent;
  generator: Generator;
};

export type StandOptions = { servers: number; program: string | null; profile: string | null };

/** More than any run can sell. */
export const HOT_CAPACITY = 100_000_000;

/** Starts everything; what it began is ended by `closers`. */
export async function buildStand(options: StandOptions, closers: Closers): Promise<Stand> {
  const database = await startDatabase(closers);
  const db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  closers.add(db.close);
  const keys = makeKeys();
  const servers: ChildServer[] = [];
  for (let number = 1; number <= options.servers; number += 1) {
    const { program, profile } = options;
    servers.push(await startTessera({ name: `tessera-${number}`, database, keys, program, profile }, closers));
  }
  const event = await createHotEvent({ port: servers[0]!.port, internalSecret: keys.internalSecret, capacity: HOT_CAPACITY });
  return { database, db, keys, servers, event, generator: startGenerator(closers) };
}
