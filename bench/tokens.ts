import { join } from 'node:path';
import type { Bench } from './lib/bench.ts';
import { readFlags } from './lib/flags.ts';
import { printRound } from './lib/progress.ts';
import type { Figures } from './lib/report.ts';
import { roundFlags } from './lib/round-flags.ts';
import { buildSaleRounds } from './lib/sale-rounds.ts';
import type { SaleRounds } from './lib/sale-rounds.ts';
import { openSignIns } from './lib/sign-ins.ts';
import type { SignIns } from './lib/sign-ins.ts';
import { buildStand } from './lib/stand.ts';
import type { Stand } from './lib/stand.ts';
import { median, rounded } from './lib/statistics.ts';
import type { TimedResult } from './lib/timed-load.ts';
import { measureTokenCosts } from './lib/token-costs.ts';

const SIGN_INS_PER_MINUTE = 1_000;

type Round = { calm: TimedResult; busy: TimedResult; signIns: number };

/** What it costs to know who asks, and what people who sign in cost those who buy. */
export const tokens: Bench = {
  summary: 'checking tokens, and holds while a thousand people a minute sign in',
  flags: roundFlags,
  run: async (args, closers) => {
    const { rounds: count, server, profile, ...times } = readFlags(roundFlags, args);
    const costs = measureTokenCosts();
    const stand = await buildStand({ servers: 1, program: server, profile }, closers);
    const sale = buildSaleRounds(stand, times);
    const [selling] = stand.servers;
    const outbox = join(stand.database.folder, selling!.name, 'outbox');
    const people = await openSignIns(selling!, outbox, SIGN_INS_PER_MINUTE);
    const rounds: Round[] = [];
    for (let number = 0; number < count; number += 1) rounds.push(await runRound({ sale, stand, people }, number));
    return { ...figuresOf(costs, rounds), rounds: count, seconds: times.seconds, connections: times.connections };
  },
};

type Parts = { sale: SaleRounds; stand: Stand; people: SignIns };

/** Who begins alternates. */
async function runRound({ sale, stand, people }: Parts, number: number): Promise<Round> {
  let signIns = 0;
  const runCalm = () => sale.run({ name: 'calm', servers: stand.servers });
  const runBusy = async () => {
    const signing = people.begin();
    const result = await sale.run({ name: 'beside sign-ins', servers: stand.servers });
    signIns = await signing.stop();
    return result;
  };
  const early = number % 2 === 0 ? null : await runBusy();
  const calm = await runCalm();
  const busy = early ?? (await runBusy());
  printRound(number + 1, 'calm', calm);
  printRound(number + 1, 'busy', busy);
  return { calm, busy, signIns };
}

/** Medians of the rounds; the rise is the median of each round's own. */
function figuresOf(costs: ReturnType<typeof measureTokenCosts>, rounds: readonly Round[]): Figures {
  const middle = (pick: (round: Round) => number) => rounded(median(rounds.map(pick)), 2);
  return {
    buyerMicros: rounded(costs.buyerMicros, 2),
    unseenMicros: rounded(costs.unseenMicros, 2),
    seenMicros: rounded(costs.seenMicros, 2),
    signInsPerMinute: SIGN_INS_PER_MINUTE,
    signIns: rounds.reduce((sum, { signIns }) => sum + signIns, 0),
    p99Ms: middle(({ calm }) => calm.p99Ms),
    signInsP99Ms: middle(({ busy }) => busy.p99Ms),
    signInsP99RiseMs: middle(({ calm, busy }) => busy.p99Ms - calm.p99Ms),
    ratioToCalm: middle(({ calm, busy }) => busy.perSecond / calm.perSecond),
  };
}
