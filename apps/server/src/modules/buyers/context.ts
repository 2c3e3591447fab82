import type { FastifyRequest } from 'fastify';
import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Sales } from '../sales/index.ts';
import type { ContactVault } from './contact-vault.ts';

/** What the use cases of this module stand on. */
export type BuyersContext = {
  readonly db: Db;
  readonly sales: Sales;
  readonly clock: Clock;
  readonly mailer: Mailer;
  /** The origin under which people see the installation: links lead there. */
  readonly publicUrl: string;
  readonly vault: ContactVault;
  readonly accounts: Pick<Accounts, 'mailedLinks' | 'renewBuyerSession' | 'checkBuyerSession'>;
};

/** What its routes stand on. */
export type BuyersRoutes = {
  buyers: BuyersContext;
  requireBuyer(request: FastifyRequest): string;
  requirePerson(request: FastifyRequest): { personId: string };
};
