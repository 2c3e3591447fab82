import { ChangeProfileBody, OrganizationPath, OrganizationProfile, problemResponses } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { changeProfile } from '../change-profile.ts';
import { presentProfile } from '../present-profile.ts';
import { changeProblems, common, type OrganizerContext } from './documents.ts';

const schema = {
  ...common,
  operationId: 'changeProfile',
  summary: 'Change an organization’s public texts and colours',
  description: 'What is not named stays as it is; null takes it away.',
  params: OrganizationPath,
  body: ChangeProfileBody,
  response: { 200: OrganizationProfile, ...problemResponses(...changeProblems) },
};

/** Test keys do not come so far: their scopes never have `organization.change`. */
export function changeProfileRoute(http: HttpServer, { catalog, organizations }: OrganizerContext): void {
  const config = { permission: 'organization.change' } as const;
  http.patch('/api/v1/organizations/:id/profile', { schema, config }, async (request) => {
    const profile = await changeProfile(catalog, organizations, await organizations.requireMember(request), request.body);
    if (!profile) throw problem('NOT_FOUND');
    return presentProfile(profile);
  });
}
