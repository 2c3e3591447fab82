import type { FastifyRequest } from 'fastify';
import type { Payments } from '../context.ts';

/** What the buyers' routes of this module stand on. */
export type BuyerRoutes = {
  payments: Payments;
  /** The buyer key of a request; throws where it has no valid session. */
  requireBuyer(request: FastifyRequest): string;
};
