import { BODY_PROBLEMS, PERSON_PROBLEMS, ChangeMeBody, Me, problemResponses } from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatId } from '../../../platform/ids/index.ts';
import type { AccessClaims } from '../access-tokens.ts';
import type { ApiKeys } from '../api-keys/api-keys.ts';
import type { AccountsContext } from '../context.ts';
import { changeMe, readMe, type Person } from '../me.ts';
import { personOrKeySecurity, personSecurity } from './documents.ts';

const readSchema = {
  operationId: 'readMe',
  summary: 'Who signed in',
  tags: ['accounts'],
  security: personOrKeySecurity,
  response: { 200: Me, ...problemResponses(...PERSON_PROBLEMS, 'API_KEY_INVALID', 'API_KEY_EXPIRED', 'FORBIDDEN') },
};

const changeSchema = {
  operationId: 'changeMe',
  summary: 'Change one’s name',
  tags: ['accounts'],
  security: personSecurity,
  body: ChangeMeBody,
  response: { 200: Me, ...problemResponses(...BODY_PROBLEMS, ...PERSON_PROBLEMS) },
};

export type PersonRoutes = { accounts: AccountsContext; requirePerson: (request: FastifyRequest) => AccessClaims };

export function meRoutes(http: HttpServer, { accounts, requirePerson, keys }: PersonRoutes & { keys: ApiKeys }): void {
  http.get('/api/v1/users/me', { schema: readSchema, config: { audience: 'person_or_key' } }, async (request) =>
    present(await readMe(accounts, await readerId(request))),
  );
  http.patch('/api/v1/users/me', { schema: changeSchema, config: { audience: 'person' } }, async (request) => {
    const { personId } = requirePerson(request);
    return present(await changeMe(accounts, personId, request.body));
  });

  /** Whoever signed in, or whose key it is: a key reads who its person is, and changes nothing here. */
  async function readerId(request: FastifyRequest): Promise<string> {
    const key = await keys.keyOf(request);
    if (key?.owner.kind === 'organization') throw problem('FORBIDDEN', { detail: 'The key is an organization’s, and nobody’s own.' });
    return key ? key.owner.id : requirePerson(request).personId;
  }
}

function present(person: Person | null): Me {
  if (!person) throw problem('ACCESS_TOKEN_INVALID');
  const { id, email, name, createdAt, hasSecondFactor } = person;
  return { id: formatId('per', id), email, name, created_at: createdAt.toISOString(), has_second_factor: hasSecondFactor };
}
