import { BODY_PROBLEMS, MailSent, problemResponses, SignUpBody } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import type { AccountsContext } from '../context.ts';
import { parseEmail } from '../email.ts';
import { signUp } from '../sign-up.ts';
import { weakPassword } from './weak-password.ts';

const schema = {
  operationId: 'signUp',
  summary: 'Ask for an account',
  description: 'Mails a token to the address. The answer is the same for an address that has an account already.',
  tags: ['accounts'],
  body: SignUpBody,
  response: { 202: MailSent, ...problemResponses(...BODY_PROBLEMS, 'ACCOUNTS_PASSWORD_WEAK', 'TOO_MANY_ATTEMPTS') },
};

export function signUpRoute(http: HttpServer, accounts: AccountsContext): void {
  http.post('/api/v1/sign-ups', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const outcome = await signUp(accounts, { ...request.body, email: parseEmail(request.body.email), address: request.ip });
    if (outcome.kind === 'weak_password') throw weakPassword(outcome.why);
    reply.code(202);
    return { detail: 'We have sent a mail to this address.' };
  });
}
