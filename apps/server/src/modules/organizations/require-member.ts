import type { FastifyRequest } from 'fastify';
import { invariant } from '../../platform/invariant.ts';
import { problem } from '../../platform/http/index.ts';
import { parseId } from '../../platform/ids/index.ts';
import type { Member, OrganizationsContext } from './context.ts';
import { readRole } from './queries/members.ts';
import { may } from './roles.ts';

/**
 * The member who asks, if the permission that the route declares is theirs. An organization of others is not there: NOT_FOUND.
 * The role is read at every request, so that a member who was removed is one no more at once.
 */
export async function requireMember({ db }: OrganizationsContext, request: FastifyRequest, personId: string): Promise<Member> {
  const { permission } = request.routeOptions.config;
  invariant(permission, 'a route for members declares what they must be allowed');
  const organizationId = parseId('org', (request.params as { id: string }).id);
  const role = organizationId === null ? null : await readRole(db, organizationId, personId);
  if (organizationId === null || role === null) throw problem('NOT_FOUND');
  if (!may(role, permission)) throw problem('FORBIDDEN', { detail: `The role ${role} does not allow this.` });
  return { organizationId, personId, role };
}
