import type { FastifyRequest } from 'fastify';
import { bearerToken, problem } from '../../platform/http/index.ts';
import type { AccessClaims } from './access-tokens.ts';
import type { AccountsContext } from './context.ts';

const CHALLENGE = { 'www-authenticate': 'Bearer' };

/** Who signed in, and in which session. Nothing is read for it. Throws ACCESS_TOKEN_MISSING, _INVALID or _EXPIRED, or UNAVAILABLE. */
export function requirePerson(request: FastifyRequest, { accessTokens, ended, clock }: AccountsContext): AccessClaims {
  const token = bearerToken(request);
  if (token === null) {
    throw problem('ACCESS_TOKEN_MISSING', {
      detail: 'Sign in with POST /api/v1/sessions and send the access token as Authorization: Bearer.',
      headers: CHALLENGE,
    });
  }
  // While the database does not answer, nobody knows which sessions have ended.
  if (ended.isStale()) throw problem('UNAVAILABLE', { headers: { 'retry-after': '1' } });
  const check = accessTokens.check(token, clock.nowMs());
  if (check.kind === 'expired') throw problem('ACCESS_TOKEN_EXPIRED', { headers: CHALLENGE });
  if (check.kind === 'invalid' || ended.has(check.claims.sessionId)) throw problem('ACCESS_TOKEN_INVALID', { headers: CHALLENGE });
  return check.claims;
}
