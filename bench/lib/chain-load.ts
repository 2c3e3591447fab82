import { randomBytes } from 'node:crypto';
import { AskClient } from './ask-client.ts';
import { ChainBroken, runChain } from './chain.ts';
import { LatencyHistogram } from './histogram.ts';

export type ChainOrder = { ports: { tessera: number; provider: number }; connections: number; seconds: number; body: string };

export type ChainResult = {
  /** Chains that ended in time, by second. */
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** All chains that ended with tickets, also after the time was over. */
  done: number;
  /** How often tickets were asked for, by chain. */
  asks: number;
  errors: number;
  /** Chains whose buyer has paid and was told nothing. */
  unknown: number;
  firstError: string | null;
  /** How much of a core the generator itself used, 0 to 1. */
  ownCpu: number;
};

type Count = { inTime: number; done: number; asks: number; errors: number; unknown: number; firstError: string | null };

/** As many buyers at a time as there are connections, each a new one when the one before has tickets, until the time is over. */
export async function runChainLoad(order: ChainOrder, issueToken: () => string): Promise<ChainResult> {
  const latencies = new LatencyHistogram();
  const count: Count = { inTime: 0, done: 0, asks: 0, errors: 0, unknown: 0, firstError: null };
  const pairs = await openPairs(order);
  const cpuBefore = process.cpuUsage();
  const beganMs = performance.now();
  const endMs = beganMs + order.seconds * 1_000;
  await Promise.all(pairs.map((pair) => buyOneAfterTheOther(pair, { order, issueToken, endMs, latencies, count })));
  const tookMs = performance.now() - beganMs;
  const { user, system } = process.cpuUsage(cpuBefore);
  for (const { tessera, provider } of pairs) {
    tessera.close();
    provider.close();
  }
  const at = (share: number): number => latencies.quantileMs(share) ?? 0;
  const { inTime, done, asks, ...wrong } = count;
  const rates = { perSecond: inTime / order.seconds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
  return { ...rates, done, asks: asks / Math.max(1, done), ...wrong, ownCpu: (user + system) / 1_000 / tookMs };
}

type Pair = { tessera: AskClient; provider: AskClient };

async function openPairs({ ports, connections }: ChainOrder): Promise<Pair[]> {
  const pairs = Array.from({ length: connections }, () => ({
    tessera: new AskClient(ports.tessera),
    provider: new AskClient(ports.provider),
  }));
  await Promise.all(pairs.flatMap(({ tessera, provider }) => [tessera.open(), provider.open()]));
  return pairs;
}

type Run = { order: ChainOrder; issueToken: () => string; endMs: number; latencies: LatencyHistogram; count: Count };

async function buyOneAfterTheOther(pair: Pair, { order, issueToken, endMs, latencies, count }: Run): Promise<void> {
  while (performance.now() < endMs) {
    try {
      const { tookMs, asks } = await runChain({ ...pair, token: issueToken(), key: randomBytes(12).toString('hex'), body: order.body });
      latencies.record(tookMs);
      count.done += 1;
      count.asks += asks;
      if (performance.now() < endMs) count.inTime += 1;
    } catch (error) {
      count.errors += 1;
      if (error instanceof ChainBroken && error.isUnknown) count.unknown += 1;
      count.firstError ??= error instanceof Error ? error.message : String(error);
      // A connection that is broken buys nothing more.
      if (!(error instanceof ChainBroken)) return;
    }
  }
}
