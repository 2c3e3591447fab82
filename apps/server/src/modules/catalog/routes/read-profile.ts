import { OrganizationProfile, OrganizationSlugPath, problemResponses } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import { etagOfBody } from '../etag.ts';
import { presentProfile } from '../present-profile.ts';
import { readProfileBySlug } from '../queries/profiles.ts';
import { isUnchanged, notModified } from './conditional.ts';

const schema = {
  operationId: 'readOrganizationBySlug',
  summary: 'Who sells: what everybody may know of an organization',
  tags: ['organizations'],
  params: OrganizationSlugPath,
  response: { 200: OrganizationProfile, 304: notModified, ...problemResponses('REQUEST_INVALID', 'NOT_FOUND', 'UNAVAILABLE') },
};

/** The public profile of an organization, by the short name that stands in addresses. */
export function readProfileRoute(http: HttpServer, catalog: Catalog): void {
  http.get('/api/v1/organizations/by-slug/:slug', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const profile = await readProfileBySlug(catalog.db, request.params.slug);
    if (!profile) throw problem('NOT_FOUND', { detail: 'There is no such organization.' });
    const body = presentProfile(profile);
    if (isUnchanged(request, reply, etagOfBody(JSON.stringify(body)))) return reply.code(304).send(null);
    return body;
  });
}
