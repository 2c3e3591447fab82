import { BODY_PROBLEMS, MailSent, problemResponses, RequestPasswordResetBody, ResetPasswordBody } from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import type { AccountsContext } from '../context.ts';
import { parseEmail } from '../email.ts';
import { requestPasswordReset, resetPassword } from '../reset-password.ts';
import { weakPassword } from './weak-password.ts';

const requestSchema = {
  operationId: 'requestPasswordReset',
  summary: 'Ask for a new password',
  description: 'Mails a token if there is an account. The answer is the same if there is none.',
  tags: ['accounts'],
  body: RequestPasswordResetBody,
  response: { 202: MailSent, ...problemResponses(...BODY_PROBLEMS, 'TOO_MANY_ATTEMPTS') },
};

const confirmSchema = {
  operationId: 'resetPassword',
  summary: 'Set a new password',
  description: 'Takes the mailed token. All sessions of the account end.',
  tags: ['accounts'],
  body: ResetPasswordBody,
  response: {
    204: NoContent,
    ...problemResponses(...BODY_PROBLEMS, 'ACCOUNTS_LINK_INVALID', 'ACCOUNTS_PASSWORD_WEAK', 'TOO_MANY_ATTEMPTS'),
  },
};

export function passwordResetRoutes(http: HttpServer, accounts: AccountsContext): void {
  http.post('/api/v1/password-resets', { schema: requestSchema, config: { audience: 'public' } }, async (request, reply) => {
    await requestPasswordReset(accounts, { email: parseEmail(request.body.email), address: request.ip });
    reply.code(202);
    return { detail: 'If there is an account under this address, we have sent a mail to it.' };
  });
  http.post('/api/v1/password-resets/confirm', { schema: confirmSchema, config: { audience: 'public' } }, async (request, reply) => {
    const outcome = await resetPassword(accounts, { ...request.body, address: request.ip });
    if (outcome.kind === 'weak_password') throw weakPassword(outcome.why);
    if (outcome.kind === 'link_invalid')
      throw problem('ACCOUNTS_LINK_INVALID', { detail: 'Ask for another: the token was used, replaced or is older than an hour.' });
    return reply.code(204).send(null);
  });
}
