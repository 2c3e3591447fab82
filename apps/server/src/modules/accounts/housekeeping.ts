import { setTimeout as pause } from 'node:timers/promises';
import type { AccountsContext } from './context.ts';
import { purgeKeys } from './queries/api-keys.ts';
import { purgeAttempts } from './queries/attempts.ts';
import { purgeChallenges } from './queries/passkey-challenges.ts';
import { purgePasswordResets } from './queries/password-resets.ts';
import { purgeSessions } from './queries/sessions.ts';
import { purgeSignUps } from './queries/sign-ups.ts';

const EVERY_MS = 60_000;
/** How long ended sessions are kept: other servers ask for them while their access tokens live. */
const KEEP_ENDED_MS = 24 * 3_600_000;
/** How long revoked keys are kept, for who asks what a key was. */
const KEEP_REVOKED_MS = 90 * 24 * 3_600_000;

/** Removes what has run out: sign-ups, resets, challenges, attempts, sessions with their tokens, keys. Each statement a bounded number. */
export function startHousekeeping({ db, clock, log }: AccountsContext): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const purges = [purgeAttempts, purgeSignUps, purgePasswordResets, purgeChallenges];

  async function tidyUp(): Promise<void> {
    for (const purge of purges) while (!stopping.signal.aborted && (await purge(db, clock.nowMs())));
    while (!stopping.signal.aborted && (await purgeSessions(db, clock.nowMs() - KEEP_ENDED_MS)));
    while (!stopping.signal.aborted && (await purgeKeys(db, clock.nowMs() - KEEP_REVOKED_MS)));
  }

  async function onAndOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(EVERY_MS, null, { signal: stopping.signal, ref: false }).catch(() => null);
      if (stopping.signal.aborted) return;
      await tidyUp().catch((error: unknown) => log.warn({ err: error }, 'Removing what has run out failed.'));
    }
  }

  const tidying = onAndOn();
  return {
    stop: async () => {
      stopping.abort();
      await tidying;
    },
  };
}
