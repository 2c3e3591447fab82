import type { FastifyRequest } from 'fastify';
import type { Sales } from '../context.ts';

/** What the routes of the sale stand on. */
export type RoutesContext = {
  sales: Sales;
  /** The buyer key of a request; throws where it has no valid session. */
  requireBuyer(request: FastifyRequest): string;
};
