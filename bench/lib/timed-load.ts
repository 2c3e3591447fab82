import type { ChildServer } from './child-server.ts';
import type { Generator } from './generator.ts';
import { requireSound } from './generator.ts';
import type { LoadOrder, LoadResult } from './load.ts';

export type RoundTimes = { connections: number; warmSeconds: number; seconds: number; rateMax: number };

export type TimedLoad = {
  name: string;
  /** Connections are dealt out to them in turns. */
  servers: readonly ChildServer[];
  times: RoundTimes;
  again: boolean;
  /** Called between the warm-up and what is measured. */
  onWarm?: () => Promise<void>;
};

export type TimedResult = LoadResult & {
  /** Processor time of the servers for each answer; unlike the rate it hardly depends on who else uses the machine. */
  cpuUsPerAnswer: number | null;
};

/** One round: a warm-up of the same kind, then the load that is measured. Counts the bookings of both. Throws Unmeasured. */
export async function runTimedLoad(generator: Generator, load: TimedLoad): Promise<{ result: TimedResult; answered: number }> {
  const { connections, warmSeconds, seconds } = load.times;
  const ports = load.servers.map((server) => server.port);
  const order: Omit<LoadOrder, 'seconds'> = { ports, connections, expected: [201], again: load.again };
  const warm = await generator.run({ ...order, seconds: warmSeconds });
  requireSound(`${load.name}, warming up`, warm);
  await load.onWarm?.();
  const cpuBeforeMs = cpuMs(load.servers);
  const result = await generator.run({ ...order, seconds });
  const usedMs = cpuMs(load.servers) - cpuBeforeMs;
  requireSound(load.name, result);
  const cpuUsPerAnswer = Number.isNaN(usedMs) ? null : (usedMs * 1000) / placed(result);
  return { result: { ...result, cpuUsPerAnswer }, answered: placed(warm) + placed(result) };
}

/** Bookings that were answered 201. */
export function placed(result: LoadResult): number {
  return result.statuses['201'] ?? 0;
}

/** Enough requests for warm-up and measuring at the highest rate that is expected. */
export function requestCount({ rateMax, warmSeconds, seconds }: RoundTimes): number {
  return Math.ceil(rateMax * (warmSeconds + seconds));
}

function cpuMs(servers: readonly ChildServer[]): number {
  return servers.reduce((sum, server) => sum + (server.cpuMs() ?? Number.NaN), 0);
}
