import type { FastifyRequest } from 'fastify';
import type { Organizations } from '../../organizations/index.ts';
import type { Booking } from '../../sales/index.ts';
import type { Attendees } from '../attendees/index.ts';
import type { TicketsContext } from '../context.ts';
import type { Press } from '../press/press.ts';

/** What money did for a booking: a row moves its amount from the account `credit` to the account `debit`. */
export type MoneyMove = { at: Date; kind: string; debit: string; credit: string; amountMinor: number; currency: string };

/** What the papers of a booking stand on. */
export type PapersContext = {
  readonly tickets: TicketsContext;
  readonly attendees: Pick<Attendees, 'readNames'>;
  readonly press: Press;
  /** In order. Money is kept elsewhere. */
  readonly movesOf: (of: { eventId: string; bookingId: string }) => Promise<readonly MoneyMove[]>;
  /** Whether a booking was paid where no money moves. */
  readonly isSandboxPaid: (booking: Pick<Booking, 'tender' | 'paidMinor'>) => boolean;
  /** The origin under which people open the installation. */
  readonly publicUrl: string;
};

/** What the routes of papers stand on. */
export type PapersRoutes = {
  papers: PapersContext;
  organizations: Organizations;
  /** The buyers for whom a request may act. */
  requireHolder(request: FastifyRequest): Promise<readonly string[]>;
};
