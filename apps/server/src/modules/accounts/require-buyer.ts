import type { FastifyRequest } from 'fastify';
import { bearerToken, problem } from '../../platform/http/index.ts';
import type { BuyerTokens } from './buyer-tokens.ts';

const CHALLENGE = { 'www-authenticate': 'Bearer' };

/** The buyer key of the request's session. */
export function requireBuyer(request: FastifyRequest, tokens: BuyerTokens, nowMs: number): string {
  const token = bearerToken(request);
  if (token === null) {
    throw problem('BUYER_SESSION_MISSING', {
      detail: 'Get a buyer session from POST /api/v1/buyer-sessions and send it as Authorization: Bearer.',
      headers: CHALLENGE,
    });
  }
  const check = tokens.check(token, nowMs);
  switch (check.kind) {
    case 'valid':
      return check.buyerKey;
    case 'expired':
      throw problem('BUYER_SESSION_EXPIRED', { headers: CHALLENGE });
    case 'invalid':
      throw problem('BUYER_SESSION_INVALID', { headers: CHALLENGE });
  }
}
