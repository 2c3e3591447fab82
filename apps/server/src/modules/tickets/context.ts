import type { FastifyRequest } from 'fastify';
import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db, Gather } from '../../platform/db/index.ts';
import type { News } from '../../platform/news.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Catalog } from '../catalog/index.ts';
import type { Organizations } from '../organizations/index.ts';
import type { Sales } from '../sales/index.ts';
import type { CodeBook } from './codes/code-book.ts';
import type { EventKeys } from './keys/event-keys.ts';
import type { Ticket } from './queries/tickets.ts';

/** What the use cases of this module stand on. */
export type TicketsContext = {
  readonly db: Db;
  readonly sales: Sales;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly mailer: Mailer;
  readonly keys: EventKeys;
  readonly codes: CodeBook;
  /** The tickets of a booking, by event and booking; null where there are too many to be read beside others. */
  readonly ticketsOf: Gather<Ticket[] | null>;
  /** Seals the addresses to which tickets are offered. */
  readonly offerKey: Buffer;
  /** From which secrets of commands come that are named. */
  readonly commandKey: Buffer;
  readonly accounts: Pick<Accounts, 'mailedLinks'>;
  /** Tells of bookings, by their ids, for which money came in here. */
  readonly news: Pick<News, 'listen'>;
  /** The origin under which people open the installation. */
  readonly publicUrl: string;
};

/** What its routes stand on. */
export type TicketsRoutes = {
  tickets: TicketsContext;
  organizations: Organizations;
  requireBuyer(request: FastifyRequest): string;
  /** The buyers for whom a request may act: that of its session, or those that the account of who signed in has claimed. */
  requireHolder(request: FastifyRequest): Promise<readonly string[]>;
};
