import type { FastifyRequest } from 'fastify';
import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { ApiKeys, People } from '../accounts/index.ts';
import type { Actor, Origin } from './actor.ts';
import type { Permission, Role } from './roles.ts';

/**
 * Who acts for an organization in a request, and from where. The platform has the role owner; a key of the organization has none:
 * its scopes say all. `permissions` is all that may be asked with this: by the role, and by the scopes of a key.
 */
export type Member = {
  organizationId: string;
  role: Role | null;
  permissions: ReadonlySet<Permission>;
  actor: Actor;
  from: Origin;
};

/** Who does something that is recorded. */
export type Doer = Omit<Member, 'role' | 'permissions'>;

/** How the platform is known, who acts for any organization that exists; which do is known elsewhere. */
export type PlatformDoor = { isOpenTo(token: string): boolean; exists(organizationId: string): Promise<boolean> };

/** What the use cases of this module stand on. */
export type OrganizationsContext = {
  readonly db: Db;
  readonly clock: Clock;
  readonly mailer: Mailer;
  readonly people: People;
  readonly keys: ApiKeys;
  /** Seals addresses of people who are not there yet. */
  readonly sealingKey: Buffer;
};

export type MemberRoutes = {
  organizations: OrganizationsContext;
  requirePerson: (request: FastifyRequest) => { personId: string };
  /** The member who asks, if the route's permission is theirs. */
  requireMember: (request: FastifyRequest) => Promise<Member>;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a member must be allowed for this route. */
    permission?: Permission;
  }
}
