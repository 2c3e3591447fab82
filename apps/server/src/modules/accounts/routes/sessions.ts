import { PERSON_PROBLEMS, problemResponses, SessionList, SessionPath, type Session } from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import { listSessions, type PersonSession } from '../me.ts';
import { signOut } from '../sign-out.ts';
import { personSecurity } from './documents.ts';
import type { PersonRoutes } from './me.ts';

const common = { tags: ['accounts'], security: personSecurity };

const listSchema = {
  ...common,
  operationId: 'listSessions',
  summary: 'Where one is signed in',
  response: { 200: SessionList, ...problemResponses(...PERSON_PROBLEMS) },
};

const endSchema = {
  ...common,
  operationId: 'endSession',
  summary: 'Sign out one session',
  params: SessionPath,
  response: { 204: NoContent, ...problemResponses(...PERSON_PROBLEMS, 'NOT_FOUND') },
};

const endAllSchema = {
  ...common,
  operationId: 'endAllSessions',
  summary: 'Sign out everywhere',
  description: 'Ends every session, this one too. Their access tokens are refused by every server within a second.',
  response: { 204: NoContent, ...problemResponses(...PERSON_PROBLEMS) },
};

export function sessionRoutes(http: HttpServer, { accounts, requirePerson }: PersonRoutes): void {
  http.get('/api/v1/users/me/sessions', { schema: listSchema, config: { audience: 'person' } }, async (request) => {
    const { personId, sessionId } = requirePerson(request);
    return { data: (await listSessions(accounts, personId)).map((session) => present(session, sessionId)) };
  });
  http.delete('/api/v1/users/me/sessions/:id', { schema: endSchema, config: { audience: 'person' } }, async (request, reply) => {
    const { personId } = requirePerson(request);
    const sessionId = parseId('ses', request.params.id);
    if (sessionId === null || !(await signOut(accounts, personId, sessionId))) throw problem('NOT_FOUND');
    return reply.code(204).send(null);
  });
  http.delete('/api/v1/users/me/sessions', { schema: endAllSchema, config: { audience: 'person' } }, async (request, reply) => {
    await signOut(accounts, requirePerson(request).personId, null);
    return reply.code(204).send(null);
  });
}

function present({ id, device, createdAt, refreshedAt, expiresAt }: PersonSession, currentId: string): Session {
  return {
    id: formatId('ses', id),
    device,
    created_at: createdAt.toISOString(),
    refreshed_at: refreshedAt.toISOString(),
    expires_at: expiresAt.toISOString(),
    is_current: id === currentId,
  };
}
