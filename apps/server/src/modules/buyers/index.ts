import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import type { Random } from '../../platform/random.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Sales } from '../sales/index.ts';
import { buildContactVault } from './contact-vault.ts';
import type { BuyersContext } from './context.ts';
import { startFollower, type Follower } from './follower.ts';
import { buildPersonalKeys, type PersonalKeys } from './personal-keys.ts';
import { readClaims } from './queries/claims.ts';
import { buyersRoutes } from './routes/index.ts';

export type { PersonalKeys } from './personal-keys.ts';
export { purgeBookings } from './purge-event.ts';

export type BuyersModule = {
  /** Under which other modules seal what is personal. */
  personalKeys: PersonalKeys;
  /** Begins to make buyers' bookings from facts: the role `worker`'s. */
  start(): void;
  stop(): Promise<void>;
  /** The buyers whom a person has taken into the account. */
  claimedBy(personId: string): Promise<readonly string[]>;
  routes(http: HttpServer): void;
};

export type BuyersOptions = {
  serverKey: Buffer;
  db: Db;
  sales: Sales;
  clock: Clock;
  random: Random;
  log: Log;
  mailer: Mailer;
  accounts: Accounts;
  publicUrl: string;
};

/** What a buyer has across events: bookings, an address, and a place in somebody's account. */
export function buildBuyers({ serverKey, db, sales, clock, random, log, mailer, accounts, publicUrl }: BuyersOptions): BuyersModule {
  const context: BuyersContext = { db, sales, clock, mailer, publicUrl, vault: buildContactVault(serverKey), accounts };
  let follower: Follower | null = null;
  return {
    personalKeys: buildPersonalKeys({ serverKey, db }),
    start: () => {
      follower ??= startFollower({ db, clock, log, random });
    },
    stop: async () => {
      await follower?.stop();
    },
    claimedBy: async (personId) => (await readClaims(db, personId)).map(({ buyerKey }) => buyerKey),
    routes: (http) => buyersRoutes(http, { buyers: context, requireBuyer: accounts.requireBuyer, requirePerson: accounts.requirePerson }),
  };
}
