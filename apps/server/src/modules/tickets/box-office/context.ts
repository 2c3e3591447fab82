import type { FastifyRequest } from 'fastify';
import type { Db } from '../../../platform/db/index.ts';
import type { Member, Organizations } from '../../organizations/index.ts';
import type { Sales } from '../../sales/index.ts';
import type { CodeBook } from '../codes/code-book.ts';

/** What the box office stands on. */
export type BoxOffice = {
  readonly db: Db;
  readonly sales: Sales;
  readonly codes: CodeBook;
  /** Seals the names of guests. */
  readonly nameKey: Buffer;
};

export type BoxOfficeRoutes = {
  office: BoxOffice;
  organizations: Organizations;
  requireOwnEvent(request: FastifyRequest): Promise<{ member: Member; eventId: string }>;
};
