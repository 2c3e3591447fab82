import type { FastifyRequest } from 'fastify';
import { bearerToken } from '../../platform/http/index.ts';
import type { Accounts } from '../accounts/index.ts';

/** What every buyer session begins with, and no access token. */
const BUYER_SESSION = 'bys_';

export type HolderOptions = {
  accounts: Pick<Accounts, 'requireBuyer' | 'requirePerson'>;
  /** The buyers whom a person has taken into the account. */
  claimedBy(personId: string): Promise<readonly string[]>;
};

/**
 * Who asks for tickets: a buyer by a session, or a person for all the buyers that the account has claimed, which may be none. Throws
 * what `requireBuyer` and `requirePerson` throw; without any token a buyer session is asked for.
 */
export function buildRequireHolder({ accounts, claimedBy }: HolderOptions) {
  return async (request: FastifyRequest): Promise<readonly string[]> => {
    const token = bearerToken(request);
    if (token === null || token.startsWith(BUYER_SESSION)) return [accounts.requireBuyer(request)];
    return claimedBy(accounts.requirePerson(request).personId);
  };
}
