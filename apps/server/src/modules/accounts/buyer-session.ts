import type { BuyerTokens } from './buyer-tokens.ts';

export type BuyerSession = { token: string; expiresAtMs: number; expiresInSeconds: number };

/** Longer than any on-sale with its waiting room; a hold is never lost to the end of a session. */
const SESSION_SECONDS = 7 * 24 * 3600;

/** A session of a buyer never seen before. Signing is all it takes: nothing is stored. */
export function issueBuyerSession(tokens: BuyerTokens, nowMs: number): BuyerSession {
  return beginSession(nowMs, (expiresAtSeconds) => tokens.issue(expiresAtSeconds));
}

/** Another session of a buyer who has shown in another way who they are. Those before it stay valid for their time. */
export function renewBuyerSession(tokens: BuyerTokens, buyerKey: string, nowMs: number): BuyerSession {
  return beginSession(nowMs, (expiresAtSeconds) => tokens.issueFor(buyerKey, expiresAtSeconds));
}

function beginSession(nowMs: number, issue: (expiresAtSeconds: number) => string): BuyerSession {
  const expiresAtSeconds = Math.floor(nowMs / 1000) + SESSION_SECONDS;
  return { token: issue(expiresAtSeconds), expiresAtMs: expiresAtSeconds * 1000, expiresInSeconds: SESSION_SECONDS };
}
