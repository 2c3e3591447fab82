import { LoadClient } from './load-client.ts';
import type { Slab } from './request-slab.ts';
import { Tally } from './tally.ts';

export type LoadOrder = {
  /** Connections are dealt out to these ports in turns. */
  ports: readonly number[];
  connections: number;
  seconds: number;
  /** Any other status is a failure. */
  expected: readonly number[];
  /** Send the prepared requests again when they are used up. */
  again: boolean;
};

export type LoadResult = {
  /** Answers that came in time, by second. */
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  p999Ms: number;
  /** All answers, also those that came after the time was over. */
  statuses: Record<string, number>;
  failures: number;
  firstFailure: string | null;
  /** Some bodies of success. */
  samples: string[];
  /** How much of a core the generator itself used, 0 to 1. */
  ownCpu: number;
  /** Whether there were no more requests to send before the time was over. */
  ranOut: boolean;
};

/** Longer than any deadline of the server: an answer that has not come by then never will. */
const PATIENCE_MS = 20_000;

/** Runs one load: all connections are open before the first request is sent. */
export async function runLoad(order: LoadOrder, slab: Slab): Promise<LoadResult> {
  const tally = new Tally();
  const clients = openClients(order, slab, tally);
  await Promise.all(clients.map((client) => client.open()));
  const cpuBefore = process.cpuUsage();
  const beganAtMs = performance.now();
  const endAtMs = beganAtMs + order.seconds * 1000;
  const impatience = setTimeout(() => clients.map((client) => client.abandon()), order.seconds * 1000 + PATIENCE_MS);
  await Promise.all(clients.map((client) => client.run(endAtMs)));
  clearTimeout(impatience);
  const tookMs = performance.now() - beganAtMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  const ranOut = tookMs < order.seconds * 1000;
  return { ...summary(tally, Math.min(tookMs / 1000, order.seconds)), ownCpu: (user + system) / 1000 / tookMs, ranOut };
}

function openClients(order: LoadOrder, slab: Slab, tally: Tally): LoadClient[] {
  const expected = new Set(order.expected);
  return Array.from({ length: order.connections }, (_, index) => {
    const port = order.ports[index % order.ports.length]!;
    return new LoadClient({ port, slab, again: order.again, expected, tally });
  });
}

function summary(tally: Tally, seconds: number): Omit<LoadResult, 'ownCpu' | 'ranOut'> {
  const at = (share: number): number => tally.latencies.quantileMs(share) ?? 0;
  return {
    perSecond: tally.inTime / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
    statuses: tally.statuses(),
    failures: tally.failures,
    firstFailure: tally.firstFailure,
    samples: tally.samples,
  };
}
