import type { AccountsContext } from './context.ts';
import { limitAttempts, REFRESHES_OF_SESSION } from './limits.ts';
import { hashOfSecret, newSecret } from './one-time-secret.ts';
import { pairOf, type SessionPair } from './open-session.ts';
import { endSessions, findSessionId, insertRefreshToken, lockRefreshToken, useRefreshToken } from './queries/sessions.ts';
import { expiryOf } from './session-lengths.ts';

/** `reused`: the token had been used before, and its session was ended: somebody has copied it. */
export type RefreshOutcome = { kind: 'refreshed'; session: SessionPair } | { kind: 'refused' } | { kind: 'reused' };

/** Gives a new pair for a refresh token, once. Throws TOO_MANY_ATTEMPTS for a session that is refreshed without end. */
export async function refreshSession(accounts: AccountsContext, token: string): Promise<RefreshOutcome> {
  const { db, clock, ended, log } = accounts;
  const nowMs = clock.nowMs();
  const hash = hashOfSecret(token);
  const sessionId = await findSessionId(db, hash);
  if (sessionId !== null) await limitAttempts(accounts, REFRESHES_OF_SESSION, sessionId);
  const outcome = await db.transaction<RefreshOutcome & { endedIds?: readonly string[] }>(async (tx) => {
    const found = await lockRefreshToken(tx, hash, nowMs);
    if (!found?.isLive) return { kind: 'refused' };
    const { sessionId, personId, hasSecondFactor } = found;
    if (found.isUsed) return { kind: 'reused', endedIds: await endSessions(tx, { personId, sessionId, endedBy: 'reuse', nowMs }) };
    const refreshToken = newSecret('rft');
    const expiresAtMs = expiryOf(found.createdAt.getTime(), nowMs);
    await useRefreshToken(tx, { hash, sessionId, nowMs, expiresAtMs });
    await insertRefreshToken(tx, { hash: hashOfSecret(refreshToken), sessionId, nowMs });
    const session = pairOf(accounts, { sessionId, personId, hasSecondFactor, refreshToken, nowMs, expiresAtMs });
    return { kind: 'refreshed', session };
  });
  if (outcome.kind === 'reused') {
    ended.add(outcome.endedIds ?? []);
    log.warn({ session_ids: outcome.endedIds }, 'A refresh token was used twice; its session was ended.');
  }
  return outcome;
}
