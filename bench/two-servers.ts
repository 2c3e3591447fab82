import type { Bench } from './lib/bench.ts';
import { readFlags } from './lib/flags.ts';
import { printRound } from './lib/progress.ts';
import type { Figures } from './lib/report.ts';
import { roundFlags } from './lib/round-flags.ts';
import { buildSaleRounds } from './lib/sale-rounds.ts';
import type { SaleRounds } from './lib/sale-rounds.ts';
import { sellOut } from './lib/sell-out.ts';
import { buildStand } from './lib/stand.ts';
import type { Stand } from './lib/stand.ts';
import { median, rounded, spreadPct } from './lib/statistics.ts';
import type { TimedResult } from './lib/timed-load.ts';

type Round = { one: TimedResult; two: TimedResult };

/** Whether a second server harms the sale of one hot event: both take turns at the lock of its head. */
export const twoServers: Bench = {
  summary: 'two API processes on one hot event, against one of them alone',
  flags: roundFlags,
  run: async (args, closers) => {
    const { rounds: count, server, profile, ...times } = readFlags(roundFlags, args);
    const stand = await buildStand({ servers: 2, program: server, profile }, closers);
    const sale = buildSaleRounds(stand, times);
    // A process that has not sold anything yet is slower.
    for (const one of stand.servers) await sale.run({ name: 'warming up', servers: [one] });
    const rounds: Round[] = [];
    for (let number = 0; number < count; number += 1) rounds.push(await runRound(sale, stand, number));
    await sellOut(stand, times.connections);
    return { ...figuresOf(rounds), rounds: count, seconds: times.seconds, connections: times.connections };
  },
};

/** Who begins alternates, and which of the two is the one alone. */
async function runRound(sale: SaleRounds, { servers }: Stand, number: number): Promise<Round> {
  const runOne = () => sale.run({ name: 'one server', servers: [servers[(number >> 1) % servers.length]!] });
  const runTwo = () => sale.run({ name: 'two servers', servers });
  const early = number % 2 === 0 ? null : await runTwo();
  const one = await runOne();
  const two = early ?? (await runTwo());
  printRound(number + 1, 'one', one);
  printRound(number + 1, 'two', two);
  return { one, two };
}

/** Medians of the rounds; the ratio is the median of each round's own. */
function figuresOf(rounds: readonly Round[]): Figures {
  const middle = (pick: (round: Round) => number, digits: number) => rounded(median(rounds.map(pick)), digits);
  return {
    holdsPerSecond: middle(({ two }) => two.perSecond, 0),
    onePerSecond: middle(({ one }) => one.perSecond, 0),
    ratioToOne: middle(({ one, two }) => two.perSecond / one.perSecond, 3),
    p50Ms: middle(({ two }) => two.p50Ms, 2),
    p99Ms: middle(({ two }) => two.p99Ms, 2),
    oneP99Ms: middle(({ one }) => one.p99Ms, 2),
    oversold: 0,
    errors: 0,
    spreadPct: spreadPct(rounds.map(({ two }) => two.perSecond)),
  };
}
