import { collectDefaultMetrics, Registry } from 'prom-client';
import { Exposition } from './exposition.ts';
import { buildLaneTelemetry, type LaneTelemetry } from './lane-telemetry.ts';
import type { Log } from './log.ts';

type PoolLoad = { total: number; idle: number; waiting: number };

export type Telemetry = {
  log: Log;
  /** Where modules make series of their own. */
  exposition: Exposition;
  /** The series of the sale's lanes. */
  lane: LaneTelemetry;
  /** Shows the load of a pool of connections under `tessera_pool_connections{pool,…}`. */
  watchPool(name: string, load: () => PoolLoad): void;
  /** Everything in Prometheus' text format. */
  metricsText(): Promise<string>;
  close(): void;
};

/** Metrics of the process (memory, garbage collection, event-loop delay) and our own. */
export function buildTelemetry(log: Log): Telemetry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const exposition = new Exposition();
  return {
    log,
    exposition,
    lane: buildLaneTelemetry(exposition, 'lane'),
    watchPool: (name, load) => watchPool(exposition, name, load),
    metricsText: async () => (await registry.metrics()) + exposition.text(),
    close: () => registry.clear(),
  };
}

function watchPool(exposition: Exposition, pool: string, load: () => PoolLoad): void {
  const help = 'Connections of a pool, and requests that wait for one.';
  const states = { busy: () => load().total - load().idle, idle: () => load().idle, waiting: () => load().waiting };
  for (const [state, read] of Object.entries(states)) exposition.gauge('tessera_pool_connections', help, read, { pool, state });
}
