import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Line } from '../commands.ts';
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
  /** What must be so before a buyer confirms what is free: throws the problem where it is not. The sale itself knows no more of it. */
  beforeConfirm?(asked: BeforeConfirm): Promise<void>;
};

/** The booking of a buyer, or the basket that is to be held and sold at once as this booking. */
export type BeforeConfirm = { eventId: string; bookingId: string; buyerKey: string; basket: readonly Line[] | null };

/** What the organizer's stand on. They are no part of the public document (`hide`). */
export type InternalRoutesContext = {
  sales: Sales;
  /** Lets in who knows the internal secret. */
  requireSecret: onRequestHookHandler;
};
