import type { FastifyRequest } from 'fastify';
import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { bearerToken, buildSecretCheck, type HttpServer } from '../../platform/http/index.ts';
import { uuidFromText } from '../../platform/ids/index.ts';
import { deriveKey } from '../../platform/seal/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Doer, Member, MemberRoutes, OrganizationsContext } from './context.ts';
import { insertAction, insertActionOnce, type Action } from './queries/actions.ts';
import { countMembers, insertMember, readRolesOf } from './queries/members.ts';
import { requireMember } from './require-member.ts';
import type { Role } from './roles.ts';
import { actionRoutes } from './routes/actions.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { keyRoutes } from './routes/keys.ts';
import { memberRoutes } from './routes/members.ts';

export { makesTests, mayTouch } from './actor.ts';
export type { Actor, Origin } from './actor.ts';
export type { Doer, Member } from './context.ts';
export type { Action } from './queries/actions.ts';
export type { Role } from './roles.ts';
export { memberSecurity } from './routes/documents.ts';
export { mayBeScope } from './scopes.ts';

export type Organizations = {
  /** The member who asks, if the permission that the route declares is theirs. Throws 401s, NOT_FOUND or FORBIDDEN. */
  requireMember(request: FastifyRequest): Promise<Member>;
  /** Who signed in, for routes that are about no organization yet. */
  requirePerson(request: FastifyRequest): { personId: string };
  /** Who founds an organization: a person, or the platform, which becomes no member. Throws 401s. */
  requireFounder(request: FastifyRequest): { personId: string | null };
  /** The operator of the platform who asks. For others the route is not there. */
  requireOperator(request: FastifyRequest): Promise<{ personId: string }>;
  /** How many act for each of these; an organization that nobody acts for is left out. */
  countMembers(organizationIds: readonly string[]): Promise<Map<string, number>>;
  /** Makes somebody the first owner, in the transaction that makes the organization. */
  addFirstOwner(tx: Tx, organizationId: string, personId: string): Promise<void>;
  /** Adds to what is known of who did what, in the transaction that did it. */
  recordAction(tx: Tx, doer: Doer, action: Action): Promise<void>;
  /**
   * Adds to what is known of who did what, where no transaction of this home can contain what was done: right after it, and
   * once for each cause, so that a repeat of the request heals a crash in between.
   */
  recordActionOnce(doer: Doer, action: Action, cause: string): Promise<void>;
  /** The organizations that a person acts for. */
  rolesOf(personId: string): Promise<Map<string, Role>>;
  /** Registers the module's routes. `nameOf` tells the name of an organization, which is kept elsewhere. */
  routes(http: HttpServer, nameOf: (organizationId: string) => Promise<string>): void;
};

export type OrganizationsOptions = {
  serverKey: Buffer;
  db: Db;
  clock: Clock;
  mailer: Mailer;
  accounts: Accounts;
  /** Who sends it acts as an owner of any organization; null: nobody does. */
  internalSecret: string | null;
  /** Whether there is such an organization: their words are kept elsewhere. */
  exists(organizationId: string): Promise<boolean>;
};

/** Who may do what for whom. */
export function buildOrganizations(options: OrganizationsOptions): Organizations {
  const { serverKey, db, clock, mailer, accounts, internalSecret, exists } = options;
  const context: OrganizationsContext = {
    db,
    clock,
    mailer,
    people: accounts,
    keys: accounts.keys,
    sealingKey: deriveKey(serverKey, 'invitations'),
  };
  const platform = internalSecret === null ? null : { isOpenTo: buildSecretCheck(internalSecret), exists };
  const callers = { requirePerson: accounts.requirePerson, platform };
  const asMember = (request: FastifyRequest) => requireMember(context, callers, request);
  const parts: MemberRoutes = { organizations: context, requirePerson: accounts.requirePerson, requireMember: asMember };
  return {
    requireMember: asMember,
    requirePerson: accounts.requirePerson,
    requireFounder: (request) => {
      const token = bearerToken(request);
      return token !== null && platform?.isOpenTo(token) ? { personId: null } : accounts.requirePerson(request);
    },
    requireOperator: accounts.requireOperator,
    countMembers: (organizationIds) => countMembers(db, organizationIds),
    addFirstOwner: async (tx, organizationId, personId) => {
      await insertMember(tx, { organizationId, personId, role: 'owner', nowMs: clock.nowMs() });
    },
    recordAction: (tx, doer, action) => insertAction(tx, doer, action, clock.nowMs()),
    recordActionOnce: (doer, action, cause) =>
      insertActionOnce(db, { id: uuidFromText(`action\n${cause}`), doer, action, nowMs: clock.nowMs() }),
    rolesOf: (personId) => readRolesOf(db, personId),
    routes: (http, nameOf) => {
      memberRoutes(http, parts);
      invitationRoutes(http, { ...parts, nameOf });
      actionRoutes(http, parts);
      keyRoutes(http, parts);
    },
  };
}
