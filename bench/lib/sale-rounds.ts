import type { ChildServer } from './child-server.ts';
import { recount, verifySamples } from './recount.ts';
import type { Stand } from './stand.ts';
import { requestCount, runTimedLoad } from './timed-load.ts';
import type { RoundTimes, TimedResult } from './timed-load.ts';
import { Unmeasured } from './unmeasured.ts';

export type SaleRound = { name: string; servers: readonly ChildServer[]; onWarm?: () => Promise<void> };

/** Rounds on the hot event of a stand, each followed by a recount of everything that was sold on it so far. */
export type SaleRounds = { run(round: SaleRound): Promise<TimedResult> };

export function buildSaleRounds(stand: Pick<Stand, 'generator' | 'db' | 'event' | 'keys'>, times: RoundTimes): SaleRounds {
  let answeredSoFar = 0;
  return {
    run: async (round) => {
      const { generator, db, event, keys } = stand;
      await generator.prepare({ count: requestCount(times), body: event.body, serverKeyHex: keys.serverKeyHex });
      const { result, answered } = await runTimedLoad(generator, { ...round, times, again: false });
      answeredSoFar += answered;
      await verifySamples(db, event, result.samples);
      const { oversold } = await recount(db, event, answeredSoFar);
      if (oversold > 0) throw new Unmeasured(`${round.name}: oversold by ${oversold}.`);
      return result;
    },
  };
}
