import { problem } from '../../platform/http/index.ts';
import { clientOf } from './client-of.ts';
import type { AccountsContext } from './context.ts';
import { clearAttempts, countAttempt } from './queries/attempts.ts';

/** So many attempts in a window, counted by what is tried and by whom or on whom. */
type Limit = { readonly what: string; readonly max: number; readonly windowSeconds: number };

/** Guessing one account's password or code by one client: 20 in 15 minutes find nothing, and a person who errs has enough. */
const SIGN_INS_OF_CLIENT: Limit = { what: 'sign-in on account by client', max: 20, windowSeconds: 900 };
/** The same by many clients together. So much more, that one stranger cannot shut a person out. */
const SIGN_INS_ON_ACCOUNT: Limit = { what: 'sign-in on account', max: 100, windowSeconds: 900 };
/** Trying stolen pairs on many accounts. A whole office may come from one address. */
export const SIGN_INS_FROM_ADDRESS: Limit = { what: 'sign-in from address', max: 100, windowSeconds: 900 };
/** Guessing codes takes the right password first, so nobody else is shut out by it: few, from wherever they come. */
export const CODES_OF_PERSON: Limit = { what: 'code of person', max: 20, windowSeconds: 900 };
/** Challenges are rows that a stranger can ask for. A page that offers passkeys asks at each visit, from a whole office. */
export const PASSKEY_CHALLENGES_FROM_ADDRESS: Limit = { what: 'passkey challenge from address', max: 300, windowSeconds: 900 };
/** Mails that one address can be sent, each for itself: a stranger who signs up with it does not stop a reset. */
export const SIGN_UPS_OF_ADDRESS: Limit = { what: 'sign-up of address', max: 5, windowSeconds: 3600 };
export const RESETS_OF_ADDRESS: Limit = { what: 'reset of address', max: 5, windowSeconds: 3600 };
/** For what other modules mail to an address. */
export const LINKS_TO_ADDRESS: Limit = { what: 'link to address', max: 5, windowSeconds: 3600 };
/** Tabs refresh a session some ten times an hour. */
export const REFRESHES_OF_SESSION: Limit = { what: 'refresh of session', max: 120, windowSeconds: 3600 };
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

/** Counts an attempt at an account by a client, who are told apart so that one does not shut out the other. */
export async function limitSignIns(accounts: AccountsContext, account: string, address: string): Promise<void> {
  await limitAttempts(accounts, SIGN_INS_OF_CLIENT, `${clientOf(address)} ${account}`);
  await limitAttempts(accounts, SIGN_INS_ON_ACCOUNT, account);
}

export async function forgetAttempts({ db, vault }: AccountsContext, limit: Limit, by: string): Promise<void> {
  await clearAttempts(db, vault.lookupAttempts(limit.what, by));
}

/** Who has shown that the account is theirs begins anew. */
export async function forgetSignIns(accounts: AccountsContext, account: string, address: string): Promise<void> {
  await forgetAttempts(accounts, SIGN_INS_OF_CLIENT, `${clientOf(address)} ${account}`);
  await forgetAttempts(accounts, SIGN_INS_ON_ACCOUNT, account);
}
