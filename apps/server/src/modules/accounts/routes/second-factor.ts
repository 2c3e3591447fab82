import {
  BODY_PROBLEMS,
  PERSON_PROBLEMS,
  ConfirmSecondFactorBody,
  problemResponses,
  RecoveryCodes,
  SecondFactorSecret,
  SetUpSecondFactorBody,
} from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { confirmSecondFactor, removeSecondFactor, setUpSecondFactor } from '../second-factor.ts';
import { personSecurity } from './documents.ts';
import type { PersonRoutes } from './me.ts';

const common = { tags: ['accounts'], security: personSecurity };
const problems = [...PERSON_PROBLEMS, 'ACCOUNTS_SECOND_FACTOR_MISSING'] as const;

const setUpSchema = {
  ...common,
  operationId: 'setUpSecondFactor',
  summary: 'Set up a second factor',
  description: 'Makes the secret of an authenticator app (RFC 6238), and replaces one that waits. It counts once a code confirms it.',
  body: SetUpSecondFactorBody,
  response: {
    201: SecondFactorSecret,
    ...problemResponses(
      ...BODY_PROBLEMS,
      ...PERSON_PROBLEMS,
      'ACCOUNTS_SIGN_IN_REFUSED',
      'ACCOUNTS_SECOND_FACTOR_EXISTS',
      'ACCOUNTS_SECOND_FACTOR_NEEDED',
      'TOO_MANY_ATTEMPTS',
    ),
  },
};

const confirmSchema = {
  ...common,
  operationId: 'confirmSecondFactor',
  summary: 'Confirm the second factor',
  description: 'Takes a code of the app. From then on signing in needs one. The recovery codes are shown this once.',
  body: ConfirmSecondFactorBody,
  response: {
    200: RecoveryCodes,
    ...problemResponses(...BODY_PROBLEMS, ...problems, 'ACCOUNTS_SECOND_FACTOR_NEEDED', 'ACCOUNTS_CODE_WRONG', 'TOO_MANY_ATTEMPTS'),
  },
};

const removeSchema = {
  ...common,
  operationId: 'removeSecondFactor',
  summary: 'Remove the second factor',
  description: 'Takes a session that began with a code. The recovery codes go with it.',
  response: { 204: NoContent, ...problemResponses(...problems, 'ACCOUNTS_SECOND_FACTOR_NEEDED') },
};

export function secondFactorRoutes(http: HttpServer, { accounts, requirePerson }: PersonRoutes): void {
  http.post('/api/v1/users/me/second-factor', { schema: setUpSchema, config: { audience: 'person' } }, async (request, reply) => {
    const outcome = await setUpSecondFactor(accounts, requirePerson(request), { password: request.body.password, address: request.ip });
    if (outcome.kind !== 'waiting') throw refusal(outcome.kind);
    reply.code(201).header('cache-control', 'no-store');
    return { secret: outcome.secret, otpauth_uri: outcome.uri };
  });
  http.post('/api/v1/users/me/second-factor/confirm', { schema: confirmSchema, config: { audience: 'person' } }, async (request, reply) => {
    const outcome = await confirmSecondFactor(accounts, requirePerson(request), request.body.code);
    if (outcome.kind !== 'confirmed') throw refusal(outcome.kind);
    reply.header('cache-control', 'no-store');
    return { recovery_codes: outcome.recoveryCodes };
  });
  http.delete('/api/v1/users/me/second-factor', { schema: removeSchema, config: { audience: 'person' } }, async (request, reply) => {
    const outcome = await removeSecondFactor(accounts, requirePerson(request));
    if (outcome.kind !== 'removed') throw refusal(outcome.kind);
    return reply.code(204).send(null);
  });
}

function refusal(kind: 'gone' | 'refused' | 'exists' | 'wrong' | 'missing' | 'not_shown') {
  switch (kind) {
    case 'gone':
      return problem('ACCESS_TOKEN_INVALID');
    case 'refused':
      return problem('ACCOUNTS_SIGN_IN_REFUSED', { detail: 'This is not your password.' });
    case 'exists':
      return problem('ACCOUNTS_SECOND_FACTOR_EXISTS', { detail: 'Remove it before you set up another.' });
    case 'wrong':
      return problem('ACCOUNTS_CODE_WRONG', { detail: 'Give the code that the app shows now, and see that its clock is right.' });
    case 'missing':
      return problem('ACCOUNTS_SECOND_FACTOR_MISSING');
    case 'not_shown':
      return problem('ACCOUNTS_SECOND_FACTOR_NEEDED', { detail: 'Sign in with a code or a passkey, and try again in that session.' });
  }
}
