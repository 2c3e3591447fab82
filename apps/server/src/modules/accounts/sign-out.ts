import type { AccountsContext } from './context.ts';
import { endSessions } from './queries/sessions.ts';

/** Ends one session of a person, or with null all of them; false if there was none to end. */
export async function signOut(accounts: AccountsContext, personId: string, sessionId: string | null): Promise<boolean> {
  const ids = await endSessions(accounts.db, { personId, sessionId, endedBy: 'sign_out', nowMs: accounts.clock.nowMs() });
  accounts.ended.add(ids);
  return ids.length > 0;
}
