import type { FastifyRequest } from 'fastify';
import { problem } from '../../platform/http/index.ts';
import type { AccessClaims } from './access-tokens.ts';
import type { AccountsContext } from './context.ts';
import { readOperatorSession } from './queries/operators.ts';
import { requirePerson } from './require-person.ts';

/**
 * The operator who asks. For others the routes are not there: NOT_FOUND. Role and session are read at every request, so that
 * whoever takes the role or the second factor is obeyed at once. Throws the 401s and ACCOUNTS_SECOND_FACTOR_NEEDED too.
 */
export async function requireOperator(request: FastifyRequest, accounts: AccountsContext): Promise<AccessClaims> {
  const claims = requirePerson(request, accounts);
  const session = await readOperatorSession(accounts.db, claims);
  if (!session) throw problem('NOT_FOUND');
  if (!session.isLive) throw problem('ACCESS_TOKEN_INVALID');
  if (!session.hasSecondFactor) throw problem('ACCOUNTS_SECOND_FACTOR_NEEDED', { detail: 'Sign in with a code or a passkey.' });
  return claims;
}
