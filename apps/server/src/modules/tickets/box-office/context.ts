import type { FastifyRequest } from 'fastify';
import type { Db } from '../../../platform/db/index.ts';
import type { Member, Organizations } from '../../organizations/index.ts';
import type { Sales } from '../../sales/index.ts';
import type { Attendees } from '../attendees/index.ts';
import type { CodeBook } from '../codes/code-book.ts';

/** What the box office stands on. */
export type BoxOffice = {
  readonly db: Db;
  readonly sales: Sales;
  readonly codes: CodeBook;
  /** Seals the names of guests. */
  readonly nameKey: Buffer;
  readonly attendees: Pick<Attendees, 'listAttendees'>;
  /** The names on tickets, in their order: that of who comes with it, else of whom it was sold or given to; null without any. */
  readNames: Attendees['readNames'];
};

export type BoxOfficeRoutes = {
  office: BoxOffice;
  organizations: Organizations;
  requireOwnEvent(request: FastifyRequest): Promise<{ member: Member; eventId: string }>;
};
