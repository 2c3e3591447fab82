import type { AccountsContext } from './context.ts';
import { clientOf } from './client-of.ts';
import { normalizeEmail } from './email.ts';
import { limitAttempts, LINKS_TO_ADDRESS, MAILS_FROM_ADDRESS, SIGN_INS_FROM_ADDRESS } from './limits.ts';

/** What other modules need that mail secrets to whoever reads an address, without telling who asked whether they know it. */
export type MailedLinks = {
  /** Counts a mail that a client asks for. Throws TOO_MANY_ATTEMPTS, as for an unknown address. */
  limitMails(request: { email: string; address: string }): Promise<void>;
  /** Counts a mailed secret that a client shows. Throws TOO_MANY_ATTEMPTS. */
  limitSecrets(address: string): Promise<void>;
  /** Does the work after the answer. What it throws is logged. Throws UNAVAILABLE if too much is under way. */
  runErrand(what: string, work: () => Promise<void>): void;
};

export function buildMailedLinks(accounts: AccountsContext): MailedLinks {
  return {
    limitMails: async ({ email, address }) => {
      await limitAttempts(accounts, MAILS_FROM_ADDRESS, clientOf(address));
      await limitAttempts(accounts, LINKS_TO_ADDRESS, normalizeEmail(email));
    },
    limitSecrets: (address) => limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, clientOf(address)),
    runErrand: (what, work) => accounts.errands.run(what, work),
  };
}
