import { LatencyHistogram } from './histogram.ts';

/** What a load has seen. Counts hold all answers; `inTime` those that came before its end. */
export class Tally {
  readonly latencies = new LatencyHistogram();
  readonly byStatus = new Uint32Array(600);
  readonly samples: string[] = [];
  inTime = 0;
  failures = 0;
  firstFailure: string | null = null;

  fail(reason: string): void {
    this.failures += 1;
    this.firstFailure ??= reason;
  }

  statuses(): Record<string, number> {
    const seen: Record<string, number> = {};
    for (const [status, count] of this.byStatus.entries()) if (count > 0) seen[status] = count;
    return seen;
  }
}
