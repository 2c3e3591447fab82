/**
 * Whether somebody far away is worth asking. States: closed (asked) → open (after FAILURES_MAX failures without a success between
 * them: not asked, for a pause that doubles each time) → trying (one caller asks) → closed, or open again. Times are of the monotonic clock.
 */
export type CircuitBreaker = {
  /** Whether the caller may ask now; whoever may has to say how it ended. */
  mayAsk(): boolean;
  succeeded(): void;
  failed(): void;
  /** Milliseconds until it is worth asking again; 0 while it is closed. */
  pauseLeftMs(): number;
};

const FAILURES_MAX = 5;
const PAUSE_FIRST_MS = 500;
const PAUSE_MAX_MS = 15_000;

export function buildCircuitBreaker(nowMs: () => number = () => performance.now()): CircuitBreaker {
  let failures = 0;
  let pauseMs = PAUSE_FIRST_MS;
  let openUntilMs = 0;
  let isTrying = false;
  const isOpen = (): boolean => failures >= FAILURES_MAX;
  return {
    mayAsk: () => {
      if (!isOpen()) return true;
      if (isTrying || nowMs() < openUntilMs) return false;
      isTrying = true;
      return true;
    },
    succeeded: () => {
      failures = 0;
      pauseMs = PAUSE_FIRST_MS;
      isTrying = false;
    },
    failed: () => {
      failures += 1;
      // Whoever was on the way when it opened tells nothing new.
      if (!isOpen() || (!isTrying && failures > FAILURES_MAX)) return;
      isTrying = false;
      openUntilMs = nowMs() + pauseMs;
      pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2);
    },
    pauseLeftMs: () => (isOpen() ? Math.max(0, openUntilMs - nowMs()) : 0),
  };
}
