import {
  AnyOrganizationList,
  ListAllOrganizationsQuery,
  OPERATOR_PAGE_DEFAULT,
  PERSON_PROBLEMS,
  problemResponses,
  type AnyOrganization,
} from '@tessera/contract';
import { invalidField, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import { presentOrganization } from '../present-organization.ts';
import { isOrganization, listOrganizations, type ListedOrganization } from '../queries/organizations.ts';
import type { OrganizationRoutes } from './organizations.ts';

const schema = {
  operationId: 'listAllOrganizations',
  summary: 'All organizations of the platform, the newest first',
  description: 'For operators in a session that began with the second factor; for others it is not there.',
  tags: ['operator'],
  security: [{ accessToken: [] }],
  querystring: ListAllOrganizationsQuery,
  response: { 200: AnyOrganizationList, ...problemResponses(...PERSON_PROBLEMS, 'NOT_FOUND', 'ACCOUNTS_SECOND_FACTOR_NEEDED') },
};

export function listAllOrganizationsRoute(http: HttpServer, { catalog, organizations }: OrganizationRoutes): void {
  http.get('/api/v1/operator/organizations', { schema, config: { audience: 'operator' } }, async (request) => {
    await organizations.requireOperator(request);
    const { limit = OPERATOR_PAGE_DEFAULT, starting_after: last } = request.query;
    const after = last === undefined ? null : parseId('org', last);
    const isListed = after === null ? last === undefined : await isOrganization(catalog.db, after);
    if (!isListed) throw invalidField('/query/starting_after', 'must be the id of an organization');
    const found = await listOrganizations(catalog.db, { after, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const counts = await organizations.countMembers(shown.map(({ id }) => id));
    return { data: shown.map((each) => present(each, counts.get(each.id) ?? 0)), has_more: found.length > limit };
  });
}

function present({ createdAt, ...organization }: ListedOrganization, memberCount: number): AnyOrganization {
  return { ...presentOrganization(organization), created_at: createdAt.toISOString(), member_count: memberCount };
}
