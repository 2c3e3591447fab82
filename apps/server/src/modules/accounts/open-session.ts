import { newUuid } from '../../platform/ids/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { AccountsContext } from './context.ts';
import { hashOfSecret, newSecret } from './one-time-secret.ts';
import { endOldestSessions, insertSession } from './queries/sessions.ts';
import { ACCESS_SECONDS, expiryOf } from './session-lengths.ts';
import type { PersonKey } from './vault.ts';

/** What a person gets who has signed in, or refreshed a session. */
export type SessionPair = {
  sessionId: string;
  accessToken: string;
  accessExpiresInSeconds: number;
  refreshToken: string;
  refreshExpiresInSeconds: number;
};

/** Who, on what device, whether a second factor was shown, and the passkey if it was one. */
type Opening = { person: PersonKey; device: string; hasSecondFactor: boolean; passkeyId?: string };

/** A person's list of sessions shows all of them. */
const SESSIONS_MAX = 50;

/** Opens a session of a person on a device; beyond a number it ends the oldest. */
export async function openSession(accounts: AccountsContext, tx: Tx, opening: Opening): Promise<SessionPair> {
  const { device, hasSecondFactor, passkeyId = null } = opening;
  const { personId } = opening.person;
  const nowMs = accounts.clock.nowMs();
  const id = newUuid(nowMs);
  const expiresAtMs = expiryOf(nowMs, nowMs);
  const refreshToken = newSecret('rft');
  const deviceSealed = accounts.vault.seal(opening.person, 'device', device);
  const refreshHash = hashOfSecret(refreshToken);
  await insertSession(tx, { id, personId, deviceSealed, hasSecondFactor, passkeyId, nowMs, expiresAtMs, refreshHash });
  await endOldestSessions(tx, { personId, keep: SESSIONS_MAX, nowMs });
  return pairOf(accounts, { sessionId: id, personId, hasSecondFactor, refreshToken, nowMs, expiresAtMs });
}

type Pair = { sessionId: string; personId: string; hasSecondFactor: boolean; refreshToken: string; nowMs: number; expiresAtMs: number };

/** A refresh token with a new access token beside it. */
export function pairOf({ accessTokens }: AccountsContext, pair: Pair): SessionPair {
  const { sessionId, personId, hasSecondFactor, refreshToken, nowMs, expiresAtMs } = pair;
  const expiresAtSeconds = Math.floor(nowMs / 1000) + ACCESS_SECONDS;
  return {
    sessionId,
    accessToken: accessTokens.issue({ personId, sessionId, hasSecondFactor, expiresAtSeconds }),
    accessExpiresInSeconds: ACCESS_SECONDS,
    refreshToken,
    refreshExpiresInSeconds: Math.floor((expiresAtMs - nowMs) / 1000),
  };
}
