import { startBare, startNaive } from './baselines.ts';
import type { Bench } from './lib/bench.ts';
import type { ChildServer } from './lib/child-server.ts';
import type { Closers } from './lib/closers.ts';
import { readFlags } from './lib/flags.ts';
import { watchLockHold } from './lib/lock-hold.ts';
import { printRound } from './lib/progress.ts';
import type { Figures } from './lib/report.ts';
import { roundFlags } from './lib/round-flags.ts';
import { buildSaleRounds } from './lib/sale-rounds.ts';
import { sellOut } from './lib/sell-out.ts';
import { buildStand } from './lib/stand.ts';
import type { Stand } from './lib/stand.ts';
import { median, rounded, spreadPct } from './lib/statistics.ts';
import type { RoundTimes, TimedResult } from './lib/timed-load.ts';

type TesseraResult = TimedResult & { lockHoldP99Ms: number; rssMb: number | null };
type Round = { tessera: TesseraResult; naive: TimedResult; bare: TimedResult };
type Contestants = { [Name in keyof Round]: () => Promise<Round[Name]> };

/** How fast one API process sells one hot event, against the naive way and against a POST without any work. */
export const holds: Bench = {
  summary: 'holds on one hot event over HTTP, against a naive and a bare server',
  flags: roundFlags,
  run: async (args, closers) => {
    const { rounds: count, server, profile, ...times } = readFlags(roundFlags, args);
    const stand = await buildStand({ servers: 1, program: server, profile }, closers);
    const contestants = await startContestants(stand, times, closers);
    const rounds: Round[] = [];
    for (let number = 0; number < count; number += 1) rounds.push(await runRound(contestants, number));
    await sellOut(stand, times.connections);
    return { ...figuresOf(rounds), rounds: count, seconds: times.seconds, connections: times.connections };
  },
};

async function startContestants(stand: Stand, times: RoundTimes, closers: Closers): Promise<Contestants> {
  const naive = await startNaive(stand, closers);
  const bare = await startBare(stand, closers);
  return { tessera: buildTessera(stand, times, stand.servers[0]!), naive: () => naive.run(times), bare: () => bare.run(times) };
}

function buildTessera(stand: Stand, times: RoundTimes, server: ChildServer): Contestants['tessera'] {
  const sale = buildSaleRounds(stand, times);
  const lockHold = watchLockHold(server);
  return async () => {
    const result = await sale.run({ name: 'tessera', servers: [server], onWarm: lockHold.begin });
    return { ...result, lockHoldP99Ms: await lockHold.endP99Ms(), rssMb: server.rssMb() };
  };
}

/** Each round begins with another contestant, so that none always follows the same one. */
async function runRound(contestants: Contestants, number: number): Promise<Round> {
  const round: Partial<Round> = {};
  const measure = async <Name extends keyof Round>(name: Name): Promise<void> => {
    const result: Round[Name] = await contestants[name]();
    round[name] = result;
    printRound(number + 1, name, result);
  };
  const names = ['tessera', 'naive', 'bare'] as const;
  for (let step = 0; step < names.length; step += 1) await measure(names[(step + number) % names.length]!);
  // Every name had its turn.
  return round as Round;
}

/** Medians of the rounds; ratios are medians of each round's own, so that a slow minute harms both of its sides. */
function figuresOf(rounds: readonly Round[]): Figures {
  const middle = (pick: (round: Round) => number, digits: number) => rounded(median(rounds.map(pick)), digits);
  return {
    holdsPerSecond: middle(({ tessera }) => tessera.perSecond, 0),
    p50Ms: middle(({ tessera }) => tessera.p50Ms, 2),
    p95Ms: middle(({ tessera }) => tessera.p95Ms, 2),
    p99Ms: middle(({ tessera }) => tessera.p99Ms, 2),
    p999Ms: middle(({ tessera }) => tessera.p999Ms, 2),
    naivePerSecond: middle(({ naive }) => naive.perSecond, 0),
    barePerSecond: middle(({ bare }) => bare.perSecond, 0),
    ratioToNaive: middle(({ tessera, naive }) => tessera.perSecond / naive.perSecond, 2),
    ratioToBare: middle(({ tessera, bare }) => tessera.perSecond / bare.perSecond, 3),
    oversold: 0,
    errors: 0,
    rssMb: ifTold(
      rounds.map(({ tessera }) => tessera.rssMb),
      (values) => Math.max(...values),
    ),
    lockHoldP99Ms: middle(({ tessera }) => tessera.lockHoldP99Ms, 2),
    cpuUsPerHold: ifTold(
      rounds.map(({ tessera }) => tessera.cpuUsPerAnswer),
      median,
    ),
    bareCpuUs: ifTold(
      rounds.map(({ bare }) => bare.cpuUsPerAnswer),
      median,
    ),
    spreadPct: spreadPct(rounds.map(({ tessera }) => tessera.perSecond)),
  };
}

/** Of values that not every system tells. */
function ifTold(values: readonly (number | null)[], combine: (told: readonly number[]) => number): number | null {
  const told = values.filter((value) => value !== null);
  return told.length < values.length ? null : rounded(combine(told), 0);
}
