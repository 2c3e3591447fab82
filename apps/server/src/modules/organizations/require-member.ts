import type { FastifyRequest } from 'fastify';
import { invariant } from '../../platform/invariant.ts';
import { bearerToken, problem } from '../../platform/http/index.ts';
import { parseId } from '../../platform/ids/index.ts';
import type { Actor } from './actor.ts';
import type { Member, OrganizationsContext, PlatformDoor } from './context.ts';
import { originOf } from './origin-of.ts';
import { readRole } from './queries/members.ts';
import { may, type Role } from './roles.ts';

export type Callers = {
  /** Throws 401s. */
  requirePerson(request: FastifyRequest): { personId: string };
  /** Null: there is no such door. */
  platform: PlatformDoor | null;
};

/**
 * The member who asks, if the permission that the route declares is theirs. An organization of others is not there: NOT_FOUND.
 * The role is read at every request, so that a member who was removed is one no more at once.
 */
export async function requireMember({ db }: OrganizationsContext, callers: Callers, request: FastifyRequest): Promise<Member> {
  const { permission } = request.routeOptions.config;
  invariant(permission, 'a route for members declares what they must be allowed');
  const actor = actorOf(callers, request);
  const organizationId = parseId('org', (request.params as { id: string }).id);
  if (organizationId === null) throw problem('NOT_FOUND');
  const role = await roleOf(actor, organizationId);
  if (role === null) throw problem('NOT_FOUND');
  if (!may(role, permission)) throw problem('FORBIDDEN', { detail: `The role ${role} does not allow this.` });
  return { organizationId, role, actor, from: originOf(request) };

  async function roleOf(who: Actor, id: string): Promise<Role | null> {
    if (who.kind === 'platform') return (await callers.platform?.exists(id)) === true ? 'owner' : null;
    return who.personId === null ? null : readRole(db, id, who.personId);
  }
}

function actorOf({ requirePerson, platform }: Callers, request: FastifyRequest): Actor {
  const token = bearerToken(request);
  if (token !== null && platform?.isOpenTo(token)) return { kind: 'platform' };
  return { kind: 'person', personId: requirePerson(request).personId };
}
