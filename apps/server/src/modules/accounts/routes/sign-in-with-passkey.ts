import { BODY_PROBLEMS, EmptyBody, PasskeyRequestOptions, problemResponses, SessionTokens, SignInWithPasskeyBody } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { AccountsContext } from '../context.ts';
import { askForSignIn, signInWithPasskey } from '../sign-in-with-passkey.ts';
import { presentRequestOptions } from './passkey-options.ts';
import { answerSession, deviceOf } from './session-answer.ts';

const askSchema = {
  operationId: 'askForPasskeySignIn',
  summary: 'Begin to sign in with a passkey',
  description: 'Answers the options for navigator.credentials.get(). No address is needed: the device knows whose passkeys it has.',
  tags: ['accounts'],
  body: EmptyBody,
  response: { 201: PasskeyRequestOptions, ...problemResponses(...BODY_PROBLEMS, 'TOO_MANY_ATTEMPTS') },
};

const signInSchema = {
  operationId: 'signInWithPasskey',
  summary: 'Sign in with a passkey',
  description:
    'Begins a session, as one with the second factor, for what the device answered, within five minutes and once. A passkey that nobody has and a wrong answer are answered alike.',
  tags: ['accounts'],
  body: SignInWithPasskeyBody,
  response: { 201: SessionTokens, ...problemResponses(...BODY_PROBLEMS, 'ACCOUNTS_PASSKEY_REFUSED', 'TOO_MANY_ATTEMPTS') },
};

export function signInWithPasskeyRoutes(http: HttpServer, accounts: AccountsContext): void {
  http.post('/api/v1/sessions/passkey-challenges', { schema: askSchema, config: { audience: 'public' } }, async (request, reply) => {
    const challenge = await askForSignIn(accounts, request.ip);
    reply.code(201).header('cache-control', 'no-store');
    return presentRequestOptions(accounts.relyingParty, challenge);
  });
  http.post('/api/v1/sessions/passkeys', { schema: signInSchema, config: { audience: 'public' } }, async (request, reply) => {
    const { id, response } = request.body.credential;
    const { clientDataJSON: clientData, ...shown } = response;
    const outcome = await signInWithPasskey(accounts, {
      answer: { id, clientData, ...shown },
      device: deviceOf(request),
      address: request.ip,
    });
    if (outcome.kind === 'refused') throw problem('ACCOUNTS_PASSKEY_REFUSED', { detail: 'Begin anew, or sign in with your password.' });
    return answerSession(reply, 201, outcome.session);
  });
}
