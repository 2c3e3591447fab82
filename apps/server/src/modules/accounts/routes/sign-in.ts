import { BODY_PROBLEMS, problemResponses, SessionTokens, SignInBody } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { AccountsContext } from '../context.ts';
import { parseEmail } from '../email.ts';
import { signIn } from '../sign-in.ts';
import { answerSession, deviceOf } from './session-answer.ts';

const schema = {
  operationId: 'signIn',
  summary: 'Sign in',
  description: 'Begins a session. An address without an account, a wrong password and a wrong code are answered alike.',
  tags: ['accounts'],
  body: SignInBody,
  response: {
    201: SessionTokens,
    ...problemResponses(...BODY_PROBLEMS, 'ACCOUNTS_SIGN_IN_REFUSED', 'ACCOUNTS_CODE_NEEDED', 'TOO_MANY_ATTEMPTS'),
  },
};

/** The same words whichever of them is wrong: who guesses learns nothing. */
const REFUSED_DETAIL = 'Address and password do not fit together, or the code is wrong. A code counts once: wait for the next.';

export function signInRoute(http: HttpServer, accounts: AccountsContext): void {
  http.post('/api/v1/sessions', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const outcome = await signIn(accounts, {
      ...request.body,
      email: parseEmail(request.body.email),
      device: deviceOf(request),
      address: request.ip,
    });
    if (outcome.kind === 'refused') throw problem('ACCOUNTS_SIGN_IN_REFUSED', { detail: REFUSED_DETAIL });
    if (outcome.kind === 'code_needed')
      throw problem('ACCOUNTS_CODE_NEEDED', { detail: 'Send code with it: of the authenticator app, or a recovery code.' });
    return answerSession(reply, 201, outcome.session);
  });
}
