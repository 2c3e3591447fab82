import { BuyerSession, EmptyBody, problemResponses } from '@tessera/contract';
import type { Clock } from '../../../platform/clock/index.ts';
import type { HttpServer } from '../../../platform/http/index.ts';
import { issueBuyerSession } from '../buyer-session.ts';
import type { BuyerTokens } from '../buyer-tokens.ts';

const schema = {
  operationId: 'issueBuyerSession',
  summary: 'Begin a buyer session',
  description: 'Gives a new anonymous buyer a signed identity. It is needed before the first booking and owns what it books.',
  tags: ['buyers'],
  body: EmptyBody,
  response: {
    201: BuyerSession,
    ...problemResponses('REQUEST_INVALID', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'),
  },
};

export function issueBuyerSessionRoute(http: HttpServer, { tokens, clock }: { tokens: BuyerTokens; clock: Clock }): void {
  http.post('/api/v1/buyer-sessions', { schema, config: { audience: 'public' } }, async (_request, reply) => {
    const session = issueBuyerSession(tokens, clock.nowMs());
    reply.code(201).header('cache-control', 'no-store');
    return {
      token: session.token,
      expires_at: new Date(session.expiresAtMs).toISOString(),
      expires_in_seconds: session.expiresInSeconds,
    };
  });
}
