import { BODY_PROBLEMS, problemResponses, SessionTokens, VerifyEmailBody } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { AccountsContext } from '../context.ts';
import { verifyEmail } from '../verify-email.ts';
import { answerSession, deviceOf } from './session-answer.ts';

const schema = {
  operationId: 'verifyEmail',
  summary: 'Prove the address of a sign-up',
  description:
    'Takes the mailed token and the password of the same sign-up. The account exists from then on, and its first session begins.',
  tags: ['accounts'],
  body: VerifyEmailBody,
  response: {
    201: SessionTokens,
    ...problemResponses(...BODY_PROBLEMS, 'ACCOUNTS_LINK_INVALID', 'ACCOUNTS_SIGN_IN_REFUSED', 'TOO_MANY_ATTEMPTS'),
  },
};

export function verifyEmailRoute(http: HttpServer, accounts: AccountsContext): void {
  http.post('/api/v1/sign-ups/verify', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const outcome = await verifyEmail(accounts, { ...request.body, device: deviceOf(request), address: request.ip });
    switch (outcome.kind) {
      case 'link_invalid':
        throw problem('ACCOUNTS_LINK_INVALID', { detail: 'Sign up again: the token was used, replaced or is older than a day.' });
      case 'refused':
        throw problem('ACCOUNTS_SIGN_IN_REFUSED', { detail: 'This is not the password of that sign-up.' });
      case 'signed_in':
        return answerSession(reply, 201, outcome.session);
    }
  });
}
