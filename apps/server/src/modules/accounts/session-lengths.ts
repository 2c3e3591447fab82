/** An access token is not looked up, so it must be short: what a sign-out misses, if everything else fails, ends with it. */
export const ACCESS_SECONDS = 600;
/** A session that is not used for so long ends. */
export const IDLE_SECONDS = 30 * 24 * 3600;
/** A session ends after this, however much it is used. */
export const SESSION_SECONDS = 90 * 24 * 3600;

/** When a session ends if it is not refreshed again. */
export function expiryOf(createdAtMs: number, nowMs: number): number {
  return Math.min(createdAtMs + SESSION_SECONDS * 1000, nowMs + IDLE_SECONDS * 1000);
}
