import type { BuyerTokens } from './buyer-tokens.ts';

export type BuyerSession = { token: string; expiresAtMs: number; expiresInSeconds: number };

/** Longer than any on-sale with its waiting room; a hold is never lost to the end of a session. */
const SESSION_SECONDS = 7 * 24 * 3600;

/** A session of a buyer never seen before. Signing is all it takes: nothing is stored. */
export function issueBuyerSession(tokens: BuyerTokens, nowMs: number): BuyerSession {
  const expiresAtSeconds = Math.floor(nowMs / 1000) + SESSION_SECONDS;
  return { token: tokens.issue(expiresAtSeconds), expiresAtMs: expiresAtSeconds * 1000, expiresInSeconds: SESSION_SECONDS };
}
