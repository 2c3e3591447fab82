import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { compose, type App } from '../../../apps/server/src/compose.ts';
import { loadConfig } from '../../../apps/server/src/config.ts';
import type { Mail } from '../../../apps/server/src/engines/mail/index.ts';
import { buildOperators } from '../../../apps/server/src/modules/accounts/index.ts';
import {
  buildCatalog,
  createEvent,
  createOrganization,
  createTicketType,
  DEFAULT_SALE_TERMS,
  DEFAULT_TICKET_TYPE_TERMS,
} from '../../../apps/server/src/modules/catalog/index.ts';
import { buildFakeProvider, type FakeProvider } from '../../../apps/server/src/modules/payments/test/fake-provider.ts';
import { workOnRun } from '../../../apps/server/src/modules/payments/runs/refund-runner.ts';
import { buildSales, confirmBooking } from '../../../apps/server/src/modules/sales/index.ts';
import { buildTicketsInLane } from '../../../apps/server/src/modules/tickets/index.ts';
import { systemClock } from '../../../apps/server/src/platform/clock/index.ts';
import { openDb } from '../../../apps/server/src/platform/db/index.ts';
import type { HttpServer } from '../../../apps/server/src/platform/http/index.ts';
import { formatCellId, formatId, newUuid, parseCellId, parseId } from '../../../apps/server/src/platform/ids/index.ts';
import { systemRandom } from '../../../apps/server/src/platform/random.ts';
import { buildLog, buildTelemetry } from '../../../apps/server/src/platform/telemetry/index.ts';
import { createDatabase } from '../../support/database.ts';
import { buildPerson, type Person } from './person.ts';
import { buildSabotaged } from './sabotage.ts';

/** Of `last` there is one. */
export type TypeName = 'free' | 'paid' | 'last' | 'soldOut';

/** A server on a real database with an event on sale, and two more whose insides fail. */
export type Stage = {
  real: HttpServer;
  bug: HttpServer;
  away: HttpServer;
  eventId: string;
  /** Another event, of an organization that is named. */
  eventOf(organizationId: string): Promise<string>;
  unknownEventId: string;
  unknownBookingId: string;
  types: Record<TypeName | 'unknown', string>;
  /** The organizer's side says that a booking is paid. */
  pay(bookingId: string): Promise<void>;
  /** Who takes the buyers' money, and tells of it. */
  provider: FakeProvider;
  /** Carries mass refunds on, as servers do by themselves. */
  carryRunsOn(): Promise<void>;
  person: Person;
  /** Gives the role of operator, as the command line does. */
  makeOperator(email: string): Promise<void>;
  close(): Promise<void>;
};

export const serverKey = Buffer.alloc(32, 5);

export async function setStage(): Promise<Stage> {
  const database = await createDatabase();
  const urls = { url: database.url, directUrl: database.url };
  const config = loadConfig({ LOG_LEVEL: 'silent' });
  const mails: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const provider = buildFakeProvider();
  const app = await compose({ config, database: urls, secrets: { serverKey, internalSecret: null }, mailer, provider });
  const organizer = await openOrganizer(database.url);
  const [bug, away] = await Promise.all([buildSabotaged('bug', serverKey), buildSabotaged('away', serverKey)]);
  const unknown = newUuid(systemClock.nowMs());
  return {
    real: app.server,
    bug,
    away,
    eventId: formatId('evt', organizer.eventId),
    eventOf: organizer.eventOf,
    unknownEventId: formatId('evt', unknown),
    unknownBookingId: formatCellId('bkg', organizer.eventId, unknown),
    types: { ...organizer.types, unknown: formatCellId('typ', unknown, unknown) },
    pay: organizer.pay,
    provider,
    carryRunsOn: organizer.carryRunsOn,
    person: buildPerson(app.server, mails),
    makeOperator: organizer.makeOperator,
    close: () => closeAll([bug, away], app, [organizer.close, database.close]),
  };
}

async function closeAll(servers: readonly HttpServer[], app: App, rest: readonly (() => Promise<void>)[]): Promise<void> {
  for (const server of servers) await server.close();
  await app.close();
  for (const close of rest) await close();
}

async function openOrganizer(url: string) {
  const telemetry = buildTelemetry(buildLog('silent'));
  const db = openDb({ url, poolMax: 2, onError: () => {} });
  const settings = { connections: 1, batchMax: 10, queueMax: 10, deadlineMs: 5_000 };
  const base = { clock: systemClock, random: systemRandom, log: telemetry.log };
  const parts = [buildTicketsInLane((bytes) => void randomFillSync(bytes))];
  const sales = buildSales({ ...base, db, laneUrl: url, settings, telemetry: telemetry.lane, parts });
  const catalog = buildCatalog({ db, sales, clock: systemClock });
  const eventId = await openEvent(catalog);
  const typeOf = async (name: string, capacity: number, priceMinor: number) => {
    const terms = { ...DEFAULT_TICKET_TYPE_TERMS, priceMinor };
    const created = await createTicketType(catalog, { eventId, words: { name, description: '' }, capacity, terms, idempotencyKey: name });
    assert.equal(created.kind, 'created');
    return formatCellId('typ', eventId, created.ticketTypeId);
  };
  return {
    eventId,
    eventOf: async (id: string) => formatId('evt', await createEvening(catalog, parseId('org', id) ?? '', id)),
    types: {
      free: await typeOf('Free', 1_000, 0),
      paid: await typeOf('Paid', 100, 2500),
      last: await typeOf('Last', 1, 0),
      soldOut: await typeOf('Sold out', 0, 0),
    },
    pay: async (id: string) => {
      const bookingId = parseCellId('bkg', id)?.id ?? '';
      const outcome = await confirmBooking(sales, {
        eventId,
        bookingId,
        actor: { kind: 'organizer' },
        idempotencyKey: id,
        tender: 'external',
      });
      assert.equal(outcome.kind, 'booking');
    },
    carryRunsOn: async () => {
      while (await workOnRun({ db, sales, log: telemetry.log }, AbortSignal.timeout(5_000)));
    },
    makeOperator: async (email: string) => {
      await buildOperators({ serverKey, db, clock: systemClock }).create(email);
    },
    close: async () => {
      await sales.close(1_000);
      await db.close();
    },
  };
}

async function openEvent(catalog: Parameters<typeof createEvent>[0]): Promise<string> {
  const made = await createOrganization(catalog, { name: 'House', slug: 'house', idempotencyKey: 'house' });
  assert.equal(made.kind, 'organization');
  return createEvening(catalog, made.organization.id, 'e');
}

async function createEvening(catalog: Parameters<typeof createEvent>[0], organizationId: string, idempotencyKey: string): Promise<string> {
  const startsAtMs = systemClock.nowMs() + 86_400_000;
  const words = {
    organizationId,
    title: 'Evening',
    summary: 'A summary.',
    description: 'A description.',
    venueName: 'Hall',
    venueCity: 'Vienna',
    startsAtMs,
    endsAtMs: startsAtMs + 7_200_000,
    timeZone: 'Europe/Vienna',
    picture: null,
  };
  const created = await createEvent(catalog, {
    words,
    currency: 'EUR',
    terms: { ...DEFAULT_SALE_TERMS, state: 'on_sale' },
    isTest: false,
    idempotencyKey,
  });
  assert.equal(created.kind, 'event');
  return created.eventId;
}
