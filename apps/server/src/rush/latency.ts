/** Buckets grow by 4 %: that is how exact a percentile is. From 0.05 ms to over 10 minutes. */
const GROWTH = Math.log(1.04);
const SMALLEST_MS = 0.05;
const BUCKETS = 420;

/** Counts durations in bounded memory. */
export type Latency = {
  add(ms: number): void;
  readonly count: number;
  /** The duration that a share of all does not exceed, in milliseconds; 0 without any. */
  percentile(share: number): number;
};

export function buildLatency(): Latency {
  const counts = new Uint32Array(BUCKETS);
  let total = 0;
  return {
    add: (ms) => {
      const at = ms <= SMALLEST_MS ? 0 : Math.ceil(Math.log(ms / SMALLEST_MS) / GROWTH);
      counts[Math.min(at, BUCKETS - 1)]! += 1;
      total += 1;
    },
    get count() {
      return total;
    },
    percentile: (share) => {
      let missing = Math.ceil(total * share);
      for (let at = 0; at < BUCKETS; at += 1) {
        missing -= counts[at]!;
        if (missing <= 0 && total > 0) return SMALLEST_MS * Math.exp(at * GROWTH);
      }
      return 0;
    },
  };
}
