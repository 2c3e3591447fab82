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
  /** The status of an answer that counts; 201 unless another is said. */
  expected?: number;
  /** Called between the warm-up and what is measured. */
  onWarm?: () => Promise<void>;
};

export type TimedResult = LoadResult & {
  /** Processor time of the servers for each answer; unlike the rate it hardly depends on who else uses the machine. */
  cpuUsPerAnswer: number | null;
};

/** One round: a warm-up of the same kind, then the load that is measured. Counts the answers of both. Throws Unmeasured. */
export async function runTimedLoad(generator: Generator, load: TimedLoad): Promise<{ result: TimedResult; answered: number }> {
  const { connections, warmSeconds, seconds } = load.times;
  const { expected = 201 } = load;
  const ports = load.servers.map((server) => server.port);
  const order: Omit<LoadOrder, 'seconds'> = { ports, connections, expected: [expected], again: load.again };
  const warm = await generator.run({ ...order, seconds: warmSeconds });
  requireSound(`${load.name}, warming up`, warm);
  await load.onWarm?.();
  const cpuBeforeMs = cpuMs(load.servers);
  const result = await generator.run({ ...order, seconds });
  const usedMs = cpuMs(load.servers) - cpuBeforeMs;
  requireSound(load.name, result);
  const cpuUsPerAnswer = Number.isNaN(usedMs) ? null : (usedMs * 1000) / counted(result, expected);
  return { result: { ...result, cpuUsPerAnswer }, answered: counted(warm, expected) + counted(result, expected) };
}

/** Bookings that were answered 201. */
export function placed(result: LoadResult): number {
  return counted(result, 201);
}

function counted({ statuses }: LoadResult, status: number): number {
  return statuses[status] ?? 0;
}

/** Enough requests for warm-up and measuring at the highest rate that is expected. */
export function requestCount({ rateMax, warmSeconds, seconds }: RoundTimes): number {
  return Math.ceil(rateMax * (warmSeconds + seconds));
}

function cpuMs(servers: readonly ChildServer[]): number {
  return servers.reduce((sum, server) => sum + (server.cpuMs() ?? Number.NaN), 0);
}
