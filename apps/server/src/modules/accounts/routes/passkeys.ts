import {
  AddPasskeyBody,
  AskForPasskeyBody,
  BODY_PROBLEMS,
  Passkey,
  PasskeyCreationOptions,
  PasskeyList,
  PasskeyPath,
  PERSON_PROBLEMS,
  problemResponses,
} from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import { addPasskey, askForPasskey, listPasskeys, removePasskey, type Passkey as Kept } from '../passkeys.ts';
import { personSecurity } from './documents.ts';
import type { PersonRoutes } from './me.ts';
import { presentCreationOptions } from './passkey-options.ts';

const common = { tags: ['accounts'], security: personSecurity };
const adding = [...BODY_PROBLEMS, ...PERSON_PROBLEMS, 'ACCOUNTS_SECOND_FACTOR_NEEDED', 'ACCOUNTS_TOO_MANY_PASSKEYS'] as const;

const askSchema = {
  ...common,
  operationId: 'askForPasskey',
  summary: 'Begin to add a passkey',
  description:
    'Answers the options for navigator.credentials.create(). Takes the password and, from who has a second factor or a passkey, a session that began with it.',
  body: AskForPasskeyBody,
  response: { 201: PasskeyCreationOptions, ...problemResponses(...adding, 'ACCOUNTS_SIGN_IN_REFUSED', 'TOO_MANY_ATTEMPTS') },
};

const addSchema = {
  ...common,
  operationId: 'addPasskey',
  summary: 'Add a passkey',
  description: 'Takes what the device answered, within five minutes and once. Whoever uses the passkey must show the device who they are.',
  body: AddPasskeyBody,
  response: { 201: Passkey, ...problemResponses(...adding, 'ACCOUNTS_PASSKEY_INVALID') },
};

const listSchema = {
  ...common,
  operationId: 'listPasskeys',
  summary: 'One’s passkeys',
  response: { 200: PasskeyList, ...problemResponses(...PERSON_PROBLEMS) },
};

const removeSchema = {
  ...common,
  operationId: 'removePasskey',
  summary: 'Remove a passkey',
  description: 'Takes a session that began with a second factor or a passkey. What began with the removed one counts as begun without.',
  params: PasskeyPath,
  response: { 204: NoContent, ...problemResponses(...PERSON_PROBLEMS, 'NOT_FOUND', 'ACCOUNTS_SECOND_FACTOR_NEEDED') },
};

export function passkeyRoutes(http: HttpServer, { accounts, requirePerson }: PersonRoutes): void {
  http.post('/api/v1/users/me/passkeys/challenges', { schema: askSchema, config: { audience: 'person' } }, async (request, reply) => {
    const outcome = await askForPasskey(accounts, requirePerson(request), { password: request.body.password, address: request.ip });
    if (outcome.kind !== 'asked') throw refusal(outcome.kind);
    reply.code(201).header('cache-control', 'no-store');
    return presentCreationOptions(accounts.relyingParty, outcome);
  });
  http.post('/api/v1/users/me/passkeys', { schema: addSchema, config: { audience: 'person' } }, async (request, reply) => {
    const { name, credential } = request.body;
    const { clientDataJSON: clientData, attestationObject: attestation } = credential.response;
    const outcome = await addPasskey(accounts, requirePerson(request), { name, answer: { id: credential.id, clientData, attestation } });
    if (outcome.kind !== 'added') throw refusal(outcome.kind);
    reply.code(201);
    return present(outcome.passkey);
  });
  http.get('/api/v1/users/me/passkeys', { schema: listSchema, config: { audience: 'person' } }, async (request) => ({
    data: (await listPasskeys(accounts, requirePerson(request).personId)).map(present),
  }));
  http.delete('/api/v1/users/me/passkeys/:id', { schema: removeSchema, config: { audience: 'person' } }, async (request, reply) => {
    const claims = requirePerson(request);
    const id = parseId('psk', request.params.id);
    const outcome = id === null ? ({ kind: 'missing' } as const) : await removePasskey(accounts, claims, id);
    if (outcome.kind !== 'removed') throw refusal(outcome.kind);
    return reply.code(204).send(null);
  });
}

function present({ id, name, createdAt, lastUsedAt }: Kept): Passkey {
  return { id: formatId('psk', id), name, created_at: createdAt.toISOString(), last_used_at: lastUsedAt?.toISOString() ?? null };
}

function refusal(kind: 'gone' | 'refused' | 'not_shown' | 'too_many' | 'invalid' | 'missing') {
  switch (kind) {
    case 'gone':
      return problem('ACCESS_TOKEN_INVALID');
    case 'refused':
      return problem('ACCOUNTS_SIGN_IN_REFUSED', { detail: 'This is not your password.' });
    case 'not_shown':
      return problem('ACCOUNTS_SECOND_FACTOR_NEEDED', { detail: 'Sign in with a code or a passkey, and try again in that session.' });
    case 'too_many':
      return problem('ACCOUNTS_TOO_MANY_PASSKEYS', { detail: 'Remove one that you do not use.' });
    case 'invalid':
      return problem('ACCOUNTS_PASSKEY_INVALID', {
        detail: 'Begin anew: the challenge was used, is older than five minutes, or was another.',
      });
    case 'missing':
      return problem('NOT_FOUND');
  }
}
