import { table, whole } from './format.ts';
import type { Latency } from './latency.ts';
import { PAY_WAYS } from './pay/pay-ways.ts';
import { PAY_ENDS, type WayBook } from './pay/way-book.ts';
import { PROMISES, type Breach } from './promises.ts';
import type { RushResult } from './run-rush.ts';

/** What the rush has shown, as text for people. */
export function reportOf(result: RushResult): string {
  const breaches = result.world.promises.breaches();
  return [
    ...throughput(result),
    '',
    ...latencies(result),
    '',
    ...outcomes(result),
    '',
    ...payments(result.world.ways),
    '',
    ...checks(result),
    '',
    ...promises(breaches),
  ].join('\n');
}

function throughput({ world, rushMs, totalMs }: RushResult): string[] {
  const seconds = rushMs / 1000;
  const holds = holdsDecided(world.tally.byKind);
  return [
    `${whole(world.tally.answers)} answers; the rush took ${seconds.toFixed(1)} s, ${(totalMs / 1000).toFixed(1)} s with all checks`,
    `${whole(world.tally.rushAnswers / seconds)} requests/s (busiest second ${whole(world.tally.busiestSecond)}), ${whole(holds / seconds)} holds asked for/s`,
  ];
}

function holdsDecided(byKind: ReadonlyMap<string, Latency>): number {
  return (byKind.get('hold')?.count ?? 0) + (byKind.get('hold and confirm')?.count ?? 0);
}

function latencies({ world: { tally } }: RushResult): string[] {
  const rows = [...tally.byKind].map(([kind, latency]) => latencyRow(kind, latency));
  return table([['request', 'count', 'p50 ms', 'p95 ms', 'p99 ms'], ...rows, latencyRow('(wait for a connection)', tally.waits)]);
}

function latencyRow(name: string, latency: Latency): string[] {
  return [name, whole(latency.count), ...[0.5, 0.95, 0.99].map((share) => latency.percentile(share).toFixed(1))];
}

function outcomes({ world, buyers }: RushResult): string[] {
  const happy = buyers.filter((buyer) => buyer.got >= buyer.wanted).length;
  const partly = buyers.filter((buyer) => buyer.got > 0 && buyer.got < buyer.wanted).length;
  const unanswered = buyers.filter((buyer) => buyer.isUnanswered).length;
  const nothing = buyers.length - happy - partly - unanswered;
  const counts = [...world.tally.counts].map(([what, count]) => [what, whole(count)]);
  return table([
    ['buyers with all they wanted', whole(happy)],
    ['buyers with some of it', whole(partly)],
    ['buyers who know they have none', whole(nothing)],
    ['buyers without an answer', whole(unanswered)],
    ...counts,
  ]);
}

/** How many payments went which way, and what came of them. */
function payments(ways: WayBook): string[] {
  const rows = PAY_WAYS.map((way) => [way.name, ...PAY_ENDS.map((end) => whole(ways.count(way, end)))]);
  return table([['payments', ...PAY_ENDS], ...rows, ['(all)', ...PAY_ENDS.map((end) => whole(ways.total(end)))]]);
}

function checks({ world, capacity, demand, expected, end, verdict }: RushResult): string[] {
  return [
    ...(end === 'stalled' ? ['Nothing moved any more, so the rush was ended.'] : []),
    `sold ${whole(world.bookings.sold)} of ${whole(capacity)}; buyers wanted ${whole(demand)}, so ${whole(expected)} should be sold`,
    `bookings read back: ${whole(verdict.bookingsRead)} of ${whole(world.bookings.size)}`,
    `tickets read back: ${whole(verdict.ticketsRead)} of ${whole(world.bookings.sold)}`,
    `at the provider: ${verdict.provider}`,
    `audit: ${verdict.audit}`,
    `money audit: ${verdict.moneyAudit}`,
    `reconcile: ${verdict.reconcile}`,
  ];
}

function promises(breaches: readonly Breach[]): string[] {
  if (breaches.length === 0) return ['Every promise was kept.'];
  return breaches.flatMap(({ name, count, examples }) => [
    `BROKEN (${whole(count)} times): ${PROMISES[name]}`,
    ...examples.map((example) => `  ${example}`),
  ]);
}
