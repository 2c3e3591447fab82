import type { FastifyRequest } from 'fastify';
import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import { buildGather, type Db } from '../../platform/db/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { buildNews, type News } from '../../platform/news.ts';
import { deriveKey } from '../../platform/seal/index.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { PersonalKeys } from '../buyers/index.ts';
import { requireOwnEvent, type Catalog } from '../catalog/index.ts';
import type { Organizations } from '../organizations/index.ts';
import type { Sales } from '../sales/index.ts';
import { buildAttendees, type Attendees } from './attendees/index.ts';
import { buildCodeBook } from './codes/code-book.ts';
import type { TicketsContext } from './context.ts';
import { boxOfficeRoutes, buildBoxOffice } from './box-office/index.ts';
import { buildDoors, type DoorLanes } from './doors/index.ts';
import { findUnofferable, type AskedToOffer, type Unofferable } from './find-unofferable.ts';
import { startHousekeeping } from './housekeeping.ts';
import { buildEventKeys } from './keys/event-keys.ts';
import { buildKeyVault } from './keys/key-vault.ts';
import type { PapersContext } from './papers/papers-context.ts';
import { papersRoutes } from './papers/routes/index.ts';
import { buildPress } from './press/press.ts';
import { buildRequireHolder } from './require-holder.ts';
import { readTicketsOfBookings, type Ticket } from './queries/tickets.ts';
import { requireReturnable, type AskedBack } from './require-returnable.ts';
import { ticketsRoutes } from './routes/index.ts';

export { openDoorLanes, type DoorLanes } from './doors/index.ts';
export type { Attendees, ListedAttendee, Missing, OfBooking } from './attendees/index.ts';
export { buildTicketsInLane, type TicketsBatch } from './lane/tickets-in-lane.ts';
export { purgeTickets } from './purge-event.ts';

export type TicketsModule = {
  /** Begins to tidy up: the role `worker`'s. */
  start(): void;
  stop(): Promise<void>;
  /** Lets go of what prints, once no request needs it. */
  close(): Promise<void>;
  /** Who comes with the tickets, and what buyers are asked. */
  attendees: Attendees;
  /** Throws what keeps a buyer from giving tickets back. */
  requireReturnable(asked: AskedBack): Promise<void>;
  /** What keeps a buyer from offering tickets for sale again, or null. */
  findUnofferable(asked: AskedToOffer): Promise<Unofferable | null>;
  routes(http: HttpServer): void;
};

export type TicketsOptions = {
  serverKey: Buffer;
  db: Db;
  sales: Sales;
  catalog: Catalog;
  clock: Clock;
  log: Log;
  mailer: Mailer;
  accounts: Accounts;
  organizations: Organizations;
  publicUrl: string;
  /** In which doors let people in; who opened them closes them. */
  doorLanes: DoorLanes;
  /** The buyers whom a person has taken into the account: known elsewhere. */
  claimedBy(personId: string): Promise<readonly string[]>;
  /** Tells of bookings for which money came in; without it they are looked for by and by. */
  news?: Pick<News, 'listen'>;
  /** Under which what is said of people is sealed. */
  personalKeys: PersonalKeys;
} & Pick<PapersContext, 'movesOf' | 'isSandboxPaid' | 'publicUrl'>;

/** What holders show at the door: tickets, their codes, and the keys that sign them. */
export function buildTickets(options: TicketsOptions): TicketsModule {
  const {
    serverKey,
    db,
    sales,
    catalog,
    clock,
    log,
    mailer,
    accounts,
    organizations,
    doorLanes,
    claimedBy,
    personalKeys,
    news = buildNews(),
  } = options;
  const keys = buildEventKeys({ db, clock, vault: buildKeyVault(serverKey) });
  const [offerKey, commandKey] = [deriveKey(serverKey, 'ticket offers'), deriveKey(serverKey, 'ticket commands')];
  const codes = buildCodeBook(keys);
  const tickets: TicketsContext = {
    db,
    sales,
    catalog,
    clock,
    mailer,
    keys,
    codes,
    ticketsOf: buildGather({ load: (eventId, ids) => readEach(db, eventId, ids) }),
    offerKey,
    commandKey,
    accounts,
    news,
    publicUrl: options.publicUrl,
  };
  const requireHolder = buildRequireHolder({ accounts, claimedBy });
  const attendees = buildAttendees({ db, clock, sales, catalog, organizations, personalKeys, requireHolder });
  const office = buildBoxOffice({ db, sales, codes: tickets.codes, attendees, nameKey: deriveKey(serverKey, 'names at the desk') });
  const doors = buildDoors({ db, clock, sales, lanes: doorLanes, readNames: office.readNames, readPeople: accounts.readPeople });
  const ownEvent = (request: FastifyRequest) => requireOwnEvent({ catalog, organizations }, request);
  let housekeeping: { stop(): Promise<void> } | null = null;
  const press = buildPress();
  const { movesOf, isSandboxPaid, publicUrl } = options;
  const papers: PapersContext = { tickets, attendees, press, movesOf, isSandboxPaid, publicUrl };
  return {
    start: () => {
      housekeeping ??= startHousekeeping(tickets, log);
    },
    stop: async () => {
      await housekeeping?.stop();
    },
    close: () => press.close(),
    attendees,
    requireReturnable: (asked) => requireReturnable(tickets, asked),
    findUnofferable: (asked) => findUnofferable(tickets, asked),
    routes: (http) => {
      papersRoutes(http, { papers, organizations, requireHolder });
      ticketsRoutes(http, { tickets, organizations, requireBuyer: accounts.requireBuyer, requireHolder });
      attendees.routes(http);
      doors.routes(http, { organizations, requireOwnEvent: ownEvent });
      boxOfficeRoutes(http, { office, organizations, requireOwnEvent: ownEvent });
    },
  };
}

/** Bookings that are asked for twice at the same time are read once. */
async function readEach(db: Db, eventId: string, ids: readonly string[]): Promise<(Ticket[] | null)[]> {
  const each = [...new Set(ids)];
  const found = await readTicketsOfBookings(db, eventId, each);
  const byId = new Map(each.map((id, index) => [id, found[index] ?? null]));
  return ids.map((id) => byId.get(id) ?? null);
}
