import type { Bench } from './lib/bench.ts';
import { readFlags } from './lib/flags.ts';
import { createRichEvent } from './lib/hot-event.ts';
import { printRound } from './lib/progress.ts';
import type { Figures } from './lib/report.ts';
import { roundFlags } from './lib/round-flags.ts';
import { buildSaleRounds, type SaleRounds } from './lib/sale-rounds.ts';
import { buildStand, HOT_CAPACITY, type Stand } from './lib/stand.ts';
import { median, rounded, spreadPct } from './lib/statistics.ts';
import type { TimedResult } from './lib/timed-load.ts';

type Round = { plain: TimedResult; rich: TimedResult };
type Sales = { [Name in keyof Round]: SaleRounds };

/** What promo codes, tiers, quotas, fees and taxes cost: the same server sells an event with all of them, and one without. */
export const holdsRich: Bench = {
  summary: 'holds with a promo code, tiers, quotas, fees and taxes in play, against holds without',
  flags: roundFlags,
  run: async (args, closers) => {
    const { rounds: count, server, profile, ...times } = readFlags(roundFlags, args);
    const stand = await buildStand({ servers: 1, program: server, profile }, closers);
    const { port } = stand.servers[0]!;
    const richEvent = await createRichEvent({ port, internalSecret: stand.keys.internalSecret, capacity: HOT_CAPACITY });
    const sales = { plain: buildSaleRounds(stand, times), rich: buildSaleRounds({ ...stand, event: richEvent }, times) };
    // A process that has not sold anything yet is slower.
    for (const sale of Object.values(sales)) await sale.run({ name: 'warming up', servers: stand.servers });
    const rounds: Round[] = [];
    for (let number = 0; number < count; number += 1) rounds.push(await runRound(sales, stand, number));
    return { ...figuresOf(rounds), rounds: count, seconds: times.seconds, connections: times.connections };
  },
};

/** Who begins alternates. */
async function runRound({ plain, rich }: Sales, { servers }: Stand, number: number): Promise<Round> {
  const runRich = () => rich.run({ name: 'rich', servers });
  const early = number % 2 === 0 ? null : await runRich();
  const round = { plain: await plain.run({ name: 'plain', servers }), rich: early ?? (await runRich()) };
  printRound(number + 1, 'plain', round.plain);
  printRound(number + 1, 'rich', round.rich);
  return round;
}

/** Medians of the rounds; the ratio is the median of each round's own. */
function figuresOf(rounds: readonly Round[]): Figures {
  const middle = (pick: (round: Round) => number, digits: number) => rounded(median(rounds.map(pick)), digits);
  return {
    holdsPerSecond: middle(({ rich }) => rich.perSecond, 0),
    plainPerSecond: middle(({ plain }) => plain.perSecond, 0),
    ratioToPlain: middle(({ plain, rich }) => rich.perSecond / plain.perSecond, 3),
    p50Ms: middle(({ rich }) => rich.p50Ms, 2),
    p99Ms: middle(({ rich }) => rich.p99Ms, 2),
    plainP99Ms: middle(({ plain }) => plain.p99Ms, 2),
    oversold: 0,
    errors: 0,
    spreadPct: spreadPct(rounds.map(({ rich }) => rich.perSecond)),
  };
}
