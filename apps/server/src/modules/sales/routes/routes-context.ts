import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Sales } from '../context.ts';

/** What the buyers' routes of the sale stand on. */
export type RoutesContext = {
  sales: Sales;
  /** The buyer key of a request; throws where it has no valid session. */
  requireBuyer(request: FastifyRequest): string;
  /** The first of a buyer's tickets that cannot be offered for a reason that the sale does not know, or null. */
  findUnofferable?(asked: {
    eventId: string;
    bookingId: string;
    buyerKey: string;
    numbers: readonly number[];
  }): Promise<{ number: number; reason: 'passed_on' | 'being_passed_on' | 'admitted' } | null>;
};

/** What the organizer's stand on. They are no part of the public document (`hide`). */
export type InternalRoutesContext = {
  sales: Sales;
  /** Lets in who knows the internal secret. */
  requireSecret: onRequestHookHandler;
};
