import {
  BODY_PROBLEMS,
  ChangeProfileBody,
  OrganizationPath,
  OrganizationProfile,
  OrganizationSlugPath,
  problemResponses,
} from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import { changeProfile } from '../change-profile.ts';
import { etagOfBody } from '../etag.ts';
import { presentProfile } from '../present-profile.ts';
import { readProfileBySlug } from '../queries/profiles.ts';
import { isUnchanged, notModified } from './conditional.ts';
import { common, memberProblems, type MemberRoutes } from './member-routes.ts';

const readSchema = {
  operationId: 'readOrganizationBySlug',
  summary: 'Who sells: what everybody may know of an organization',
  tags: ['organizations'],
  params: OrganizationSlugPath,
  response: { 200: OrganizationProfile, 304: notModified, ...problemResponses('REQUEST_INVALID', 'NOT_FOUND', 'UNAVAILABLE') },
};

const changeSchema = {
  ...common,
  operationId: 'changeProfile',
  summary: 'Change an organization’s public texts and colours',
  description: 'What is not named stays as it is; null takes it away.',
  params: OrganizationPath,
  body: ChangeProfileBody,
  response: { 200: OrganizationProfile, ...problemResponses(...memberProblems, ...BODY_PROBLEMS) },
};

/** The public profile of an organization, by the short name that stands in addresses. */
export function readProfileRoute(http: HttpServer, catalog: Catalog): void {
  http.get('/api/v1/organizations/by-slug/:slug', { schema: readSchema, config: { audience: 'public' } }, async (request, reply) => {
    const profile = await readProfileBySlug(catalog.db, request.params.slug);
    if (!profile) throw problem('NOT_FOUND', { detail: 'There is no such organization.' });
    const body = presentProfile(profile);
    if (isUnchanged(request, reply, etagOfBody(JSON.stringify(body)))) return reply.code(304).send(null);
    return body;
  });
}

export function changeProfileRoute(http: HttpServer, { catalog, organizations }: MemberRoutes): void {
  const config = { permission: 'organization.change' } as const;
  http.patch('/api/v1/organizations/:id/profile', { schema: changeSchema, config }, async (request) => {
    const profile = await changeProfile(catalog, organizations, await organizations.requireMember(request), request.body);
    if (!profile) throw problem('NOT_FOUND');
    return presentProfile(profile);
  });
}
