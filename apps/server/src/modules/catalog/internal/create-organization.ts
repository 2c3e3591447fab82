import { CreateOrganizationBody, Organization, problemResponses } from '@tessera/contract';
import { idempotencyKeyOf, markAnswer, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { createOrganization } from '../create-organization.ts';
import { presentOrganization } from '../present-organization.ts';
import { writeProblems, type InternalContext } from './documents.ts';

const schema = {
  hide: true,
  body: CreateOrganizationBody,
  response: { 200: replayed(Organization), 201: Organization, ...problemResponses(...writeProblems, 'CATALOG_SLUG_TAKEN') },
};

export function createOrganizationRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.post('/internal/organizations', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = idempotencyKeyOf(request);
    const outcome = await createOrganization(catalog, { ...request.body, idempotencyKey });
    switch (outcome.kind) {
      case 'key_reused':
        throw problem('IDEMPOTENCY_KEY_REUSED');
      case 'slug_taken':
        throw problem('CATALOG_SLUG_TAKEN', { errors: [{ field: '/slug', detail: 'is the short name of another organization' }] });
      case 'organization':
        markAnswer(reply, outcome.replayed, 201);
        return presentOrganization(outcome.organization);
    }
  });
}
