import { BODY_PROBLEMS, problemResponses, RefreshSessionBody, SessionTokens } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { AccountsContext } from '../context.ts';
import { refreshSession } from '../refresh-session.ts';
import { answerSession } from './session-answer.ts';

const schema = {
  operationId: 'refreshSession',
  summary: 'Get a new pair of tokens',
  description: 'A refresh token is good for one use. Used again it ends its session, since somebody must have copied it.',
  tags: ['accounts'],
  body: RefreshSessionBody,
  response: { 200: SessionTokens, ...problemResponses(...BODY_PROBLEMS, 'ACCOUNTS_REFRESH_REFUSED', 'TOO_MANY_ATTEMPTS') },
};

export function refreshSessionRoute(http: HttpServer, accounts: AccountsContext): void {
  http.post('/api/v1/sessions/refresh', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const outcome = await refreshSession(accounts, request.body.refresh_token);
    if (outcome.kind !== 'refreshed') throw problem('ACCOUNTS_REFRESH_REFUSED', { detail: 'Sign in again.' });
    return answerSession(reply, 200, outcome.session);
  });
}
