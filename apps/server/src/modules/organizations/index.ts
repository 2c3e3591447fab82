import type { FastifyRequest } from 'fastify';
import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { deriveKey } from '../../platform/seal/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Member, MemberRoutes, OrganizationsContext } from './context.ts';
import { insertAction, type Action } from './queries/actions.ts';
import { countMembers, insertMember, readRolesOf } from './queries/members.ts';
import { requireMember } from './require-member.ts';
import type { Role } from './roles.ts';
import { actionRoutes } from './routes/actions.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { memberRoutes } from './routes/members.ts';

export type { Member } from './context.ts';
export type { Role } from './roles.ts';

export type Organizations = {
  /** The member who asks, if the permission that the route declares is theirs. Throws 401s, NOT_FOUND or FORBIDDEN. */
  requireMember(request: FastifyRequest): Promise<Member>;
  /** Who signed in, for routes that are about no organization yet. */
  requirePerson(request: FastifyRequest): { personId: string };
  /** The operator of the platform who asks. For others the route is not there. */
  requireOperator(request: FastifyRequest): Promise<{ personId: string }>;
  /** How many act for each of these; an organization that nobody acts for is left out. */
  countMembers(organizationIds: readonly string[]): Promise<Map<string, number>>;
  /** Makes somebody the first owner, in the transaction that makes the organization. */
  addFirstOwner(tx: Tx, organizationId: string, personId: string): Promise<void>;
  /** Adds to what is known of who did what, in the transaction that did it. */
  recordAction(tx: Tx, action: Action): Promise<void>;
  /** The organizations that a person acts for. */
  rolesOf(personId: string): Promise<Map<string, Role>>;
  /** Registers the module's routes. `nameOf` tells the name of an organization, which is kept elsewhere. */
  routes(http: HttpServer, nameOf: (organizationId: string) => Promise<string>): void;
};

export type OrganizationsOptions = { serverKey: Buffer; db: Db; clock: Clock; mailer: Mailer; accounts: Accounts };

/** Who may do what for whom. */
export function buildOrganizations({ serverKey, db, clock, mailer, accounts }: OrganizationsOptions): Organizations {
  const context: OrganizationsContext = { db, clock, mailer, people: accounts, sealingKey: deriveKey(serverKey, 'invitations') };
  const asMember = (request: FastifyRequest) => requireMember(context, request, accounts.requirePerson(request).personId);
  const parts: MemberRoutes = { organizations: context, requirePerson: accounts.requirePerson, requireMember: asMember };
  return {
    requireMember: asMember,
    requirePerson: accounts.requirePerson,
    requireOperator: accounts.requireOperator,
    countMembers: (organizationIds) => countMembers(db, organizationIds),
    addFirstOwner: async (tx, organizationId, personId) => {
      await insertMember(tx, { organizationId, personId, role: 'owner', nowMs: clock.nowMs() });
    },
    recordAction: (tx, action) => insertAction(tx, action, clock.nowMs()),
    rolesOf: (personId) => readRolesOf(db, personId),
    routes: (http, nameOf) => {
      memberRoutes(http, parts);
      invitationRoutes(http, { ...parts, nameOf });
      actionRoutes(http, parts);
    },
  };
}
