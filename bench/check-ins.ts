import { startBare, type Baseline } from './baselines.ts';
import type { Bench } from './lib/bench.ts';
import { readFlags } from './lib/flags.ts';
import { createDoorEvent, type DoorEvent } from './lib/hot-event.ts';
import { printRound } from './lib/progress.ts';
import { recountScans } from './lib/recount-scans.ts';
import type { Figures } from './lib/report.ts';
import { roundFlags } from './lib/round-flags.ts';
import { writeScanRequests } from './lib/scan-requests.ts';
import { buildStand, HOT_CAPACITY, type Stand } from './lib/stand.ts';
import { median, rounded, spreadPct } from './lib/statistics.ts';
import { requestCount, runTimedLoad, type RoundTimes, type TimedResult } from './lib/timed-load.ts';
import { measureVerifyMs } from './lib/verify-costs.ts';

type Round = { tessera: TimedResult; bare: TimedResult };

/** Each request needs a ticket of its own, written before: twice what is asked of a door. */
const flags = {
  ...roundFlags,
  connections: { ...roundFlags.connections, byDefault: 100 },
  rateMax: { ...roundFlags.rateMax, byDefault: 20_000 },
} as const;

/** How fast one API process lets people in at the doors of one event, one scan a request. */
export const checkIns: Bench = {
  summary: 'scans of tickets at the doors of one event over HTTP, against a bare server',
  flags,
  run: async (args, closers) => {
    const { rounds: count, server, profile, ...times } = readFlags(flags, args);
    const offlineVerifyMs = rounded(await measureVerifyMs(), 3);
    const stand = await buildStand({ servers: 1, program: server, profile }, closers);
    const bare = await startBare(stand, closers);
    const { keys, servers } = stand;
    const event = await createDoorEvent({ port: servers[0]!.port, internalSecret: keys.internalSecret, capacity: HOT_CAPACITY });
    const door = buildDoor(stand, event, times);
    const rounds: Round[] = [];
    for (let number = 0; number < count; number += 1) rounds.push(await runRound(door, bare, { number, times }));
    return { ...figuresOf(rounds), offlineVerifyMs, rounds: count, seconds: times.seconds, connections: times.connections };
  },
};

type Door = () => Promise<TimedResult>;

/** Rounds of scans, each followed by a recount of everybody who was let in so far. */
function buildDoor({ db, database, generator, keys, servers }: Stand, event: DoorEvent, times: RoundTimes): Door {
  let answeredSoFar = 0;
  return async () => {
    const order = { event, token: keys.internalSecret, count: requestCount(times), folder: database.folder };
    await generator.read(await writeScanRequests(db, order));
    const { result, answered } = await runTimedLoad(generator, { name: 'tessera', servers, times, again: false, expected: 200 });
    answeredSoFar += answered;
    await recountScans(db, event, answeredSoFar);
    return result;
  };
}

/** Who begins alternates. */
async function runRound(door: Door, bare: Baseline, { number, times }: { number: number; times: RoundTimes }): Promise<Round> {
  const early = number % 2 === 0 ? null : await bare.run(times);
  const tessera = await door();
  printRound(number + 1, 'tessera', tessera);
  const limit = early ?? (await bare.run(times));
  printRound(number + 1, 'bare', limit);
  return { tessera, bare: limit };
}

/** Medians of the rounds; the ratio is the median of each round's own. */
function figuresOf(rounds: readonly Round[]): Figures {
  const middle = (pick: (round: Round) => number, digits: number) => rounded(median(rounds.map(pick)), digits);
  return {
    perSecond: middle(({ tessera }) => tessera.perSecond, 0),
    p50Ms: middle(({ tessera }) => tessera.p50Ms, 2),
    p95Ms: middle(({ tessera }) => tessera.p95Ms, 2),
    p99Ms: middle(({ tessera }) => tessera.p99Ms, 2),
    p999Ms: middle(({ tessera }) => tessera.p999Ms, 2),
    barePerSecond: middle(({ bare }) => bare.perSecond, 0),
    ratioToBare: middle(({ tessera, bare }) => tessera.perSecond / bare.perSecond, 3),
    cpuUsPerScan: middle(({ tessera }) => tessera.cpuUsPerAnswer ?? 0, 0),
    errors: 0,
    spreadPct: spreadPct(rounds.map(({ tessera }) => tessera.perSecond)),
  };
}
