import type { Intent } from '../../engines/payments/index.ts';

/** What the provider said of an intent a moment ago: whoever asks on and on is answered from here. */
export type RecentIntents = {
  /** The intent as it was within the last two seconds; undefined if the provider is to be asked. */
  find(paymentRef: string): Intent | null | undefined;
  keep(paymentRef: string, intent: Intent | null): void;
};

const FRESH_MS = 2_000;
const KEPT_MAX = 5_000;

export function buildRecentIntents(nowMs: () => number = () => performance.now()): RecentIntents {
  const kept = new Map<string, { intent: Intent | null; atMs: number }>();
  return {
    find: (paymentRef) => {
      const known = kept.get(paymentRef);
      return known && nowMs() - known.atMs < FRESH_MS ? known.intent : undefined;
    },
    keep: (paymentRef, intent) => {
      // The map keeps the order of insertion: the first is the oldest.
      kept.delete(paymentRef);
      kept.set(paymentRef, { intent, atMs: nowMs() });
      const [oldest] = kept.keys();
      if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    },
  };
}
