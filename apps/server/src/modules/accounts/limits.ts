import { problem } from '../../platform/http/index.ts';
import type { AccountsContext } from './context.ts';
import { clearAttempts, countAttempt } from './queries/attempts.ts';

/** So many attempts in a window, counted by what is tried and by whom or on whom. */
type Limit = { readonly what: string; readonly max: number; readonly windowSeconds: number };

/** Guessing one account's password or code, from wherever: 20 in 15 minutes find nothing, and a person who errs has enough. */
export const SIGN_INS_ON_ACCOUNT: Limit = { what: 'sign-in on account', max: 20, windowSeconds: 900 };
/** Trying stolen pairs on many accounts. A whole office may come from one address. */
export const SIGN_INS_FROM_ADDRESS: Limit = { what: 'sign-in from address', max: 100, windowSeconds: 900 };
/** Mails that one address can be sent. */
export const MAILS_TO_ADDRESS: Limit = { what: 'mail to address', max: 5, windowSeconds: 3600 };
/** Accounts and mails that one client can ask for. */
export const MAILS_FROM_ADDRESS: Limit = { what: 'mail from address', max: 50, windowSeconds: 3600 };

/** Counts an attempt; throws TOO_MANY_ATTEMPTS beyond the limit, which tells when the window ends. */
export async function limitAttempts({ db, clock, vault }: AccountsContext, limit: Limit, by: string): Promise<void> {
  const nowMs = clock.nowMs();
  const subject = vault.lookupAttempts(limit.what, by);
  const { count, windowEndsAtMs } = await countAttempt(db, { subject, nowMs, windowSeconds: limit.windowSeconds });
  if (count <= limit.max) return;
  const seconds = Math.max(1, Math.ceil((windowEndsAtMs - nowMs) / 1000));
  throw problem('TOO_MANY_ATTEMPTS', { detail: `Try again in ${seconds} seconds.`, headers: { 'retry-after': String(seconds) } });
}

/** Who has shown that the account is theirs begins anew. */
export async function forgetAttempts({ db, vault }: AccountsContext, limit: Limit, by: string): Promise<void> {
  await clearAttempts(db, vault.lookupAttempts(limit.what, by));
}
