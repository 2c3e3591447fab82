import {
  BODY_PROBLEMS,
  PERSON_PROBLEMS,
  ChangeOrganizationBody,
  CreateOrganizationBody,
  MEMBER_PROBLEMS,
  OrganizationPath,
  OwnOrganization,
  OwnOrganizationList,
  problemResponses,
} from '@tessera/contract';
import { idempotencyKeyOf, markAnswer, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { memberSecurity, type Organizations, type Role } from '../../organizations/index.ts';
import type { Catalog } from '../catalog.ts';
import { changeOrganization } from '../change-organization.ts';
import { createOrganization } from '../create-organization.ts';
import { presentOrganization } from '../present-organization.ts';
import { readOrganizations } from '../queries/organizations.ts';
import type { Organization } from '../words.ts';

export const memberDocument = { tags: ['organizations'], security: memberSecurity };

const common = { tags: ['organizations'], security: [{ accessToken: [] }] };

const createSchema = {
  ...common,
  security: [{ accessToken: [] }, { platformSecret: [] }],
  operationId: 'createOrganization',
  summary: 'Found an organization',
  description: 'Whoever founds it is its first owner. One that the platform founds has no members yet.',
  body: CreateOrganizationBody,
  response: {
    200: replayed(OwnOrganization),
    201: OwnOrganization,
    ...problemResponses(...PERSON_PROBLEMS, ...BODY_PROBLEMS, 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'CATALOG_SLUG_TAKEN'),
  },
};

const listSchema = {
  ...common,
  operationId: 'listOwnOrganizations',
  summary: 'The organizations one acts for',
  response: { 200: OwnOrganizationList, ...problemResponses(...PERSON_PROBLEMS) },
};

const readSchema = {
  ...memberDocument,
  operationId: 'readOrganization',
  summary: 'An organization one acts for',
  params: OrganizationPath,
  response: { 200: OwnOrganization, ...problemResponses(...MEMBER_PROBLEMS) },
};

const changeSchema = {
  ...memberDocument,
  operationId: 'changeOrganization',
  summary: 'Change an organization’s words',
  params: OrganizationPath,
  body: ChangeOrganizationBody,
  response: { 200: OwnOrganization, ...problemResponses(...MEMBER_PROBLEMS, ...BODY_PROBLEMS) },
};

export type OrganizationRoutes = { catalog: Catalog; organizations: Organizations };

export function organizationRoutes(http: HttpServer, { catalog, organizations }: OrganizationRoutes): void {
  http.post('/api/v1/organizations', { schema: createSchema, config: { audience: 'founder' } }, async (request, reply) => {
    const { personId } = organizations.requireFounder(request);
    const outcome = await createOrganization(catalog, {
      ...request.body,
      idempotencyKey: idempotencyKeyOf(request),
      ...(personId !== null && { founder: { personId, organizations } }),
    });
    switch (outcome.kind) {
      case 'key_reused':
        throw problem('IDEMPOTENCY_KEY_REUSED');
      case 'slug_taken':
        throw problem('CATALOG_SLUG_TAKEN', { errors: [{ field: '/slug', detail: 'is the short name of another organization' }] });
      case 'organization':
        markAnswer(reply, outcome.replayed, 201);
        return present(outcome.organization, 'owner');
    }
  });
  http.get('/api/v1/organizations', { schema: listSchema, config: { audience: 'person' } }, async (request) => {
    const roles = await organizations.rolesOf(organizations.requirePerson(request).personId);
    const found = await readOrganizations(catalog.db, [...roles.keys()]);
    return { data: [...roles].flatMap(([id, role]) => (found.has(id) ? [present(found.get(id)!, role)] : [])) };
  });
  http.get('/api/v1/organizations/:id', { schema: readSchema, config: { permission: 'organization.read' } }, async (request) => {
    const { organizationId, role } = await organizations.requireMember(request);
    const organization = (await readOrganizations(catalog.db, [organizationId])).get(organizationId);
    if (!organization) throw problem('NOT_FOUND');
    return present(organization, role);
  });
  http.patch('/api/v1/organizations/:id', { schema: changeSchema, config: { permission: 'organization.change' } }, async (request) => {
    const member = await organizations.requireMember(request);
    const organization = await changeOrganization(catalog, organizations, member, request.body);
    if (!organization) throw problem('NOT_FOUND');
    return present(organization, member.role);
  });
}

function present(organization: Organization, role: Role | null): OwnOrganization {
  return { ...presentOrganization(organization), role };
}
