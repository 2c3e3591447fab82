import {
  ApiKeyList,
  BODY_PROBLEMS,
  CreatedApiKey,
  CreateOrganizationKeyBody,
  MEMBER_PROBLEMS,
  OrganizationKeyPath,
  OrganizationPath,
  problemResponses,
} from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import { newKeyOfBody, presentCreatedKey, presentKey } from '../../accounts/index.ts';
import type { MemberRoutes } from '../context.ts';
import { listKeys, makeKey, revokeKey } from '../keys.ts';
import { mayBeScope } from '../scopes.ts';
import { common } from './documents.ts';

const listSchema = {
  ...common,
  operationId: 'listOrganizationKeys',
  summary: 'The API keys of an organization',
  params: OrganizationPath,
  response: { 200: ApiKeyList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const createSchema = {
  ...common,
  operationId: 'createOrganizationKey',
  summary: 'Make an API key of an organization',
  description: 'It is allowed what its scopes name, whoever made it. The token is shown this once.',
  params: OrganizationPath,
  body: CreateOrganizationKeyBody,
  response: { 201: CreatedApiKey, ...problemResponses(...MEMBER_PROBLEMS, ...BODY_PROBLEMS, 'API_KEYS_TOO_MANY') },
};

const revokeSchema = {
  ...common,
  operationId: 'revokeOrganizationKey',
  summary: 'Revoke an API key of an organization',
  description: 'Every server refuses it within a second.',
  params: OrganizationKeyPath,
  response: { 204: NoContent, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function keyRoutes(http: HttpServer, { organizations, requireMember }: MemberRoutes): void {
  const path = '/api/v1/organizations/:id/api-keys';
  http.get(path, { schema: listSchema, config: { permission: 'keys.read' } }, async (request) => ({
    data: (await listKeys(organizations, await requireMember(request))).map(presentKey),
  }));
  http.post(path, { schema: createSchema, config: { permission: 'keys.change' } }, async (request, reply) => {
    const member = await requireMember(request);
    const requested = newKeyOfBody(request.body, { mayBeScope, nowMs: organizations.clock.nowMs() });
    const outcome = await makeKey(organizations, member, requested);
    if (outcome.kind === 'forbidden') throw problem('FORBIDDEN', { detail: `You may not do ${outcome.scope} yourself.` });
    if (outcome.kind === 'too_many') throw problem('API_KEYS_TOO_MANY', { detail: 'Revoke one that you do not use.' });
    reply.code(201).header('cache-control', 'no-store');
    return presentCreatedKey(outcome);
  });
  http.delete(`${path}/:key_id`, { schema: revokeSchema, config: { permission: 'keys.change' } }, async (request, reply) => {
    const member = await requireMember(request);
    const id = parseId('key', request.params.key_id);
    if (id === null || !(await revokeKey(organizations, member, id))) throw problem('NOT_FOUND');
    return reply.code(204).send(null);
  });
}
