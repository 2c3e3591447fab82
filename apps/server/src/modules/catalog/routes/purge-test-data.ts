import { MEMBER_PROBLEMS, OrganizationPath, problemResponses, PurgedTestData } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { purgeTestData } from '../purge-test-data.ts';
import { memberDocument, type OrganizationRoutes } from './organizations.ts';

const schema = {
  operationId: 'purgeTestData',
  summary: 'Remove all that test keys have made',
  description:
    'Removes the test events of the organization with everything that was sold of them, and nothing else. It works for some seconds; ' +
    'while `has_more` is true, ask again.',
  ...memberDocument,
  params: OrganizationPath,
  response: { 200: PurgedTestData, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function purgeTestDataRoute(http: HttpServer, { catalog, organizations }: OrganizationRoutes): void {
  http.delete('/api/v1/organizations/:id/test-data', { schema, config: { permission: 'data.purge' } }, async (request) => {
    const { events, hasMore } = await purgeTestData(catalog, organizations, await organizations.requireMember(request));
    return { events, has_more: hasMore };
  });
}
