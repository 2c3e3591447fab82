import type { FastifyRequest } from 'fastify';
import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { deriveKey } from '../../platform/seal/index.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import { buildAccessTokens, type AccessClaims } from './access-tokens.ts';
import { buildApiKeys, type ApiKeys } from './api-keys/api-keys.ts';
import type { MayBeScope } from './api-keys/new-key-of-body.ts';
import { issueBuyerSession, renewBuyerSession, type BuyerSession } from './buyer-session.ts';
import { buildBuyerTokens, type BuyerTokenCheck } from './buyer-tokens.ts';
import type { AccountsContext } from './context.ts';
import { buildEndedSessions } from './ended-sessions.ts';
import { buildErrands } from './errands.ts';
import { startHousekeeping } from './housekeeping.ts';
import { buildMailedLinks, type MailedLinks } from './mailed-links.ts';
import { buildPasswords } from './passwords.ts';
import { buildPeople, type People } from './read-people.ts';
import { requireBuyer } from './require-buyer.ts';
import { requireOperator } from './require-operator.ts';
import { requirePerson } from './require-person.ts';
import { buildRelyingParty } from './relying-party.ts';
import { peopleRoutes } from './routes/index.ts';
import { operatorRoutes } from './routes/operators.ts';
import { issueBuyerSessionRoute } from './routes/issue-buyer-session.ts';
import { buildVault } from './vault.ts';

export type { ApiKey, ApiKeys, CreateKeyOutcome } from './api-keys/api-keys.ts';
export { newKeyOfBody } from './api-keys/new-key-of-body.ts';
export type { RequestedKey } from './api-keys/new-key-of-body.ts';
export { presentCreatedKey, presentKey } from './api-keys/present-key.ts';
export { buildAccessTokens } from './access-tokens.ts';
export { buildBuyerTokens } from './buyer-tokens.ts';
export { clientOf } from './client-of.ts';
export type { AccessClaims } from './access-tokens.ts';
export type { BuyerSession } from './buyer-session.ts';
export { normalizeEmail, parseEmail } from './email.ts';
export type { MailedLinks } from './mailed-links.ts';
export { hashOfSecret, newSecret } from './one-time-secret.ts';
export { problemOfAccountsError } from './errors.ts';
export { buildOperators } from './operators.ts';
export type { Operators } from './operators.ts';
export type { KnownPerson, People } from './read-people.ts';

/** Anonymous buyers. Sessions are signed with `serverKey`: servers that share it know each other's buyers. */
export type BuyerSessions = {
  /** A session of a buyer never seen before. */
  issueBuyerSession(nowMs: number): BuyerSession;
  /** Another session of a buyer who is known by key. */
  renewBuyerSession(buyerKey: string): BuyerSession;
  /** Whose a buyer session is that came in another place than the request's header. */
  checkBuyerSession(token: string): BuyerTokenCheck;
  /** The buyer key of a request, a UUID in lower-case text. Throws BUYER_SESSION_MISSING, _INVALID or _EXPIRED. */
  requireBuyer(request: FastifyRequest): string;
  /** Registers their one route. */
  routes(http: HttpServer): void;
};

export type Accounts = BuyerSessions &
  People & {
    mailedLinks: MailedLinks;
    /** Who signed in. Throws ACCESS_TOKEN_MISSING, _INVALID or _EXPIRED. */
    requirePerson(request: FastifyRequest): AccessClaims;
    /** What machines show instead of an access token. */
    readonly keys: ApiKeys;
    /** The operator of the platform who asks. Throws the same, NOT_FOUND for others, or ACCOUNTS_SECOND_FACTOR_NEEDED. */
    requireOperator(request: FastifyRequest): Promise<AccessClaims>;
    /** Hears which sessions have ended elsewhere, and goes on hearing; tidies up. To be awaited before requests are served. */
    start(): Promise<void>;
    /** Stops that, and waits for at most `withinMs` for what goes on after its request was answered. */
    close(withinMs: number): Promise<void>;
  };

export type AccountsOptions = {
  serverKey: Buffer;
  db: Db;
  clock: Clock;
  log: Log;
  mailer: Mailer;
  /** Whether a key may have this scope: what permissions there are is known elsewhere. */
  mayBeScope: MayBeScope;
  /** The origin under which people see the installation: passkeys belong to it. */
  publicUrl: string;
};

export function buildBuyerSessions({ serverKey, clock }: { serverKey: Buffer; clock: Clock }): BuyerSessions {
  const tokens = buildBuyerTokens(serverKey);
  return {
    issueBuyerSession: (nowMs) => issueBuyerSession(tokens, nowMs),
    renewBuyerSession: (buyerKey) => renewBuyerSession(tokens, buyerKey, clock.nowMs()),
    checkBuyerSession: (token) => tokens.check(token, clock.nowMs()),
    requireBuyer: (request) => requireBuyer(request, tokens, clock.nowMs()),
    routes: (http) => issueBuyerSessionRoute(http, { tokens, clock }),
  };
}

/** Who buys, and who signs in. Tokens are signed with keys derived from `serverKey`: servers that share it know each other's. */
export function buildAccounts({ serverKey, db, clock, log, mailer, mayBeScope, publicUrl }: AccountsOptions): Accounts {
  const buyerSessions = buildBuyerSessions({ serverKey, clock });
  const context: AccountsContext = {
    ...{ db, clock, log, mailer },
    vault: buildVault(serverKey),
    passwords: buildPasswords(),
    accessTokens: buildAccessTokens(deriveKey(serverKey, 'access tokens')),
    ended: buildEndedSessions({ db, clock, log }),
    errands: buildErrands(log),
    relyingParty: buildRelyingParty(publicUrl),
  };
  const keys = buildApiKeys(context);
  let housekeeping: { stop(): Promise<void> } | null = null;
  const requireSignedIn = (request: FastifyRequest) => requirePerson(request, context);
  const asOperator = (request: FastifyRequest) => requireOperator(request, context);
  return {
    ...buyerSessions,
    ...buildPeople(context),
    mailedLinks: buildMailedLinks(context),
    requirePerson: requireSignedIn,
    keys,
    requireOperator: asOperator,
    routes: (http) => {
      buyerSessions.routes(http);
      peopleRoutes(http, { accounts: context, requirePerson: requireSignedIn, keys, mayBeScope });
      operatorRoutes(http, { accounts: context, requireOperator: asOperator });
    },
    start: async () => {
      await context.ended.start();
      housekeeping ??= startHousekeeping(context);
    },
    close: async (withinMs) => {
      await Promise.all([housekeeping?.stop(), context.ended.stop()]);
      await context.errands.settled(withinMs);
    },
  };
}
