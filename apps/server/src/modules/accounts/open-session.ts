import { newUuid } from '../../platform/ids/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { AccountsContext } from './context.ts';
import { hashOfSecret, newSecret } from './one-time-secret.ts';
import { insertSession } from './queries/sessions.ts';
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

/** Opens a session of a person on a device. */
export async function openSession(
  accounts: AccountsContext,
  tx: Tx,
  { person, device }: { person: PersonKey; device: string },
): Promise<SessionPair> {
  const nowMs = accounts.clock.nowMs();
  const id = newUuid(nowMs);
  const expiresAtMs = expiryOf(nowMs, nowMs);
  const refreshToken = newSecret('rft');
  const deviceSealed = accounts.vault.seal(person, 'device', device);
  await insertSession(tx, { id, personId: person.personId, deviceSealed, nowMs, expiresAtMs, refreshHash: hashOfSecret(refreshToken) });
  return pairOf(accounts, { sessionId: id, personId: person.personId, refreshToken, nowMs, expiresAtMs });
}

type Pair = { sessionId: string; personId: string; refreshToken: string; nowMs: number; expiresAtMs: number };

/** A refresh token with a new access token beside it. */
export function pairOf({ accessTokens }: AccountsContext, { sessionId, personId, refreshToken, nowMs, expiresAtMs }: Pair): SessionPair {
  const expiresAtSeconds = Math.floor(nowMs / 1000) + ACCESS_SECONDS;
  return {
    sessionId,
    accessToken: accessTokens.issue({ personId, sessionId, hasSecondFactor: false, expiresAtSeconds }),
    accessExpiresInSeconds: ACCESS_SECONDS,
    refreshToken,
    refreshExpiresInSeconds: Math.floor((expiresAtMs - nowMs) / 1000),
  };
}
