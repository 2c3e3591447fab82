import type { FastifyRequest } from 'fastify';
import { invariant } from '../../platform/invariant.ts';
import { bearerToken, problem } from '../../platform/http/index.ts';
import { parseId } from '../../platform/ids/index.ts';
import type { ApiKey } from '../accounts/index.ts';
import type { Member, OrganizationsContext, PlatformDoor } from './context.ts';
import { originOf } from './origin-of.ts';
import { readRole } from './queries/members.ts';
import { may, PERMISSIONS, type Permission, type Role } from './roles.ts';
import { mayBeScope } from './scopes.ts';

export type Callers = {
  /** Throws 401s. */
  requirePerson(request: FastifyRequest): { personId: string };
  /** Null: there is no such door. */
  platform: PlatformDoor | null;
};

/** Who asks, before it is known what they may. */
type Caller = { kind: 'person'; personId: string } | { kind: 'key'; key: ApiKey } | { kind: 'platform'; door: PlatformDoor };

/**
 * The member who asks, if the permission that the route declares is theirs. An organization of others is not there: NOT_FOUND.
 * The role is read at every request, so that a member who was removed, and every key of theirs, is refused at once.
 */
export async function requireMember(context: OrganizationsContext, callers: Callers, request: FastifyRequest): Promise<Member> {
  const { permission } = request.routeOptions.config;
  invariant(permission, 'a route for members declares what they must be allowed');
  const caller = await callerOf(context, callers, request);
  const organizationId = parseId('org', (request.params as { id: string }).id);
  if (organizationId === null) throw problem('NOT_FOUND');
  const role = await roleOf(context, caller, organizationId);
  if (role !== null && !may(role, permission)) throw problem('FORBIDDEN', { detail: `The role ${role} does not allow this.` });
  if (caller.kind === 'key' && !hasScope(caller.key, permission)) {
    throw problem('FORBIDDEN', { detail: `The key does not have the scope ${permission}.` });
  }
  return { organizationId, role, permissions: permissionsOf(caller, role), actor: actorOf(caller), from: originOf(request) };
}

async function callerOf({ keys }: OrganizationsContext, { requirePerson, platform }: Callers, request: FastifyRequest): Promise<Caller> {
  const token = bearerToken(request);
  if (token !== null && platform?.isOpenTo(token)) return { kind: 'platform', door: platform };
  const key = await keys.keyOf(request);
  return key ? { kind: 'key', key } : { kind: 'person', personId: requirePerson(request).personId };
}

/** Null for a key of the organization itself. Throws NOT_FOUND to whom the organization is not there. */
async function roleOf({ db }: OrganizationsContext, caller: Caller, organizationId: string): Promise<Role | null> {
  if (caller.kind === 'key' && caller.key.owner.kind === 'organization') {
    if (caller.key.owner.id !== organizationId) throw problem('NOT_FOUND');
    return null;
  }
  const role = await roleOfOther();
  if (role === null) throw problem('NOT_FOUND');
  return role;

  async function roleOfOther(): Promise<Role | null> {
    switch (caller.kind) {
      case 'platform':
        return (await caller.door.exists(organizationId)) ? 'owner' : null;
      case 'person':
        return readRole(db, organizationId, caller.personId);
      case 'key':
        return readRole(db, organizationId, caller.key.owner.id);
    }
  }
}

function permissionsOf(caller: Caller, role: Role | null): ReadonlySet<Permission> {
  const allowed = (permission: Permission) => role === null || may(role, permission);
  return new Set(PERMISSIONS.filter((each) => allowed(each) && (caller.kind !== 'key' || hasScope(caller.key, each))));
}

/** What may be no scope is none, whatever the key’s row says. */
function hasScope({ scopes, isTest }: ApiKey, permission: Permission): boolean {
  return scopes.includes(permission) && mayBeScope(permission, { isTest });
}

function actorOf(caller: Caller): Member['actor'] {
  switch (caller.kind) {
    case 'person':
      return { kind: 'person', personId: caller.personId };
    case 'platform':
      return { kind: 'platform' };
    case 'key': {
      const { id: keyId, isTest, owner } = caller.key;
      return { kind: 'key', keyId, isTest, personId: owner.kind === 'person' ? owner.id : null };
    }
  }
}
