import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import type { PersonalKeys } from '../../buyers/index.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Organizations } from '../../organizations/index.ts';
import type { KeyedReader, Sales } from '../../sales/index.ts';
import type { AskedQuestions } from './asked-questions.ts';

/** What the use cases of attendees stand on. */
export type AttendeesContext = {
  readonly db: Db;
  /** Reads lists of an event in the order of their key, whatever PostgreSQL believes of their length. */
  readonly inOrder: KeyedReader;
  readonly sales: Sales;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Under which names, addresses and answers are sealed. */
  readonly personalKeys: PersonalKeys;
  readonly asked: AskedQuestions;
};

/** What holders' routes stand on. */
export type AttendeesRoutes = {
  attendees: AttendeesContext;
  /** The buyers for whom a request may act: that of its session, or those that an account has claimed. */
  requireHolder(request: FastifyRequest): Promise<readonly string[]>;
};

/** What organizers' routes stand on. */
export type OrganizerAttendees = { attendees: AttendeesContext; catalog: Catalog; organizations: Organizations };
