import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../platform/clock/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { issueBuyerSession, type BuyerSession } from './buyer-session.ts';
import { buildBuyerTokens } from './buyer-tokens.ts';
import { requireBuyer } from './require-buyer.ts';
import { issueBuyerSessionRoute } from './routes/issue-buyer-session.ts';

export type Accounts = {
  /** A session of a buyer never seen before. */
  issueBuyerSession(nowMs: number): BuyerSession;
  /** The buyer key of a request, a UUID in lower-case text. Throws BUYER_SESSION_MISSING, _INVALID or _EXPIRED. */
  requireBuyer(request: FastifyRequest): string;
  /** Registers the module's routes. */
  routes(http: HttpServer): void;
};

/** Who buys. Sessions are signed with `serverKey`: servers that share it know each other's buyers. */
export function buildAccounts({ serverKey, clock }: { serverKey: Buffer; clock: Clock }): Accounts {
  const tokens = buildBuyerTokens(serverKey);
  return {
    issueBuyerSession: (nowMs) => issueBuyerSession(tokens, nowMs),
    requireBuyer: (request) => requireBuyer(request, tokens, clock.nowMs()),
    routes: (http) => issueBuyerSessionRoute(http, { tokens, clock }),
  };
}
