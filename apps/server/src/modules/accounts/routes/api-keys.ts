import {
  ApiKeyList,
  ApiKeyPath,
  BODY_PROBLEMS,
  CreatedApiKey,
  CreatePersonalKeyBody,
  PERSON_PROBLEMS,
  problemResponses,
} from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import type { ApiKeys } from '../api-keys/api-keys.ts';
import { newKeyOfBody, type MayBeScope } from '../api-keys/new-key-of-body.ts';
import { presentCreatedKey, presentKey } from '../api-keys/present-key.ts';
import { keyCreatedMail } from '../mails.ts';
import { provePassword } from '../prove-password.ts';
import { personSecurity } from './documents.ts';
import type { PersonRoutes } from './me.ts';

const common = { tags: ['accounts'], security: personSecurity };

const listSchema = {
  ...common,
  operationId: 'listPersonalKeys',
  summary: 'One’s own API keys',
  response: { 200: ApiKeyList, ...problemResponses(...PERSON_PROBLEMS) },
};

const createSchema = {
  ...common,
  operationId: 'createPersonalKey',
  summary: 'Make an API key that acts as oneself',
  description:
    'It acts for the organizations of its person as far as the person’s role there and its scopes both allow, and reads who the person is. ' +
    'The token is shown this once.',
  body: CreatePersonalKeyBody,
  response: {
    201: CreatedApiKey,
    ...problemResponses(...BODY_PROBLEMS, ...PERSON_PROBLEMS, 'ACCOUNTS_SIGN_IN_REFUSED', 'API_KEYS_TOO_MANY', 'TOO_MANY_ATTEMPTS'),
  },
};

const revokeSchema = {
  ...common,
  operationId: 'revokePersonalKey',
  summary: 'Revoke one of one’s API keys',
  description: 'Every server refuses it within a second.',
  params: ApiKeyPath,
  response: { 204: NoContent, ...problemResponses(...PERSON_PROBLEMS, 'NOT_FOUND') },
};

export type KeyRoutes = PersonRoutes & { keys: ApiKeys; mayBeScope: MayBeScope };

export function personalKeyRoutes(http: HttpServer, { accounts, requirePerson, keys, mayBeScope }: KeyRoutes): void {
  const { db, clock, errands, mailer } = accounts;
  http.get('/api/v1/users/me/api-keys', { schema: listSchema, config: { audience: 'person' } }, async (request) => ({
    data: (await keys.list({ kind: 'person', id: requirePerson(request).personId })).map(presentKey),
  }));
  http.post('/api/v1/users/me/api-keys', { schema: createSchema, config: { audience: 'person' } }, async (request, reply) => {
    const { personId } = requirePerson(request);
    const { password, ...body } = request.body;
    const requested = newKeyOfBody(body, { mayBeScope, nowMs: clock.nowMs() });
    const proof = await provePassword(accounts, personId, { password, address: request.ip });
    if (proof.kind === 'gone') throw problem('ACCESS_TOKEN_INVALID');
    if (proof.kind === 'refused') throw problem('ACCOUNTS_SIGN_IN_REFUSED', { detail: 'This is not your password.' });
    const owner = { kind: 'person', id: personId } as const;
    const outcome = await db.transaction((tx) => keys.create(tx, { ...requested, owner, createdBy: personId }));
    if (outcome.kind === 'too_many') throw problem('API_KEYS_TOO_MANY', { detail: 'Revoke one that you do not use.' });
    errands.run('Mailing a new API key', () => mailer.send(keyCreatedMail(proof.person.email, outcome.key.prefix)));
    reply.code(201).header('cache-control', 'no-store');
    return presentCreatedKey(outcome);
  });
  http.delete('/api/v1/users/me/api-keys/:id', { schema: revokeSchema, config: { audience: 'person' } }, async (request, reply) => {
    const owner = { kind: 'person', id: requirePerson(request).personId } as const;
    const id = parseId('key', request.params.id);
    if (id === null || !(await db.transaction((tx) => keys.revoke(tx, owner, id)))) throw problem('NOT_FOUND');
    return reply.code(204).send(null);
  });
}
