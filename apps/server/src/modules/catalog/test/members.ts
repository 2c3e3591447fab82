import assert from 'node:assert/strict';
import { createDatabase } from '../../../../../../test/support/database.ts';
import { buildPerson, type Person } from '../../../../../../test/system/contract/person.ts';
import { compose, type App } from '../../../compose.ts';
import { loadConfig } from '../../../config.ts';
import type { Mail } from '../../../engines/mail/index.ts';
import { openDb, type Db } from '../../../platform/db/index.ts';
import { formatCellId, formatId, parseId } from '../../../platform/ids/index.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { systemRandom } from '../../../platform/random.ts';
import { buildLog, buildTelemetry } from '../../../platform/telemetry/index.ts';
import { buildSales, type SaleTerms } from '../../sales/index.ts';
import {
  buildCatalog,
  changeSale,
  createEvent,
  createTicketType,
  DEFAULT_SALE_TERMS,
  DEFAULT_TICKET_TYPE_TERMS,
  type CatalogModule,
  type EventWords,
} from '../index.ts';

export type Json = Record<string, unknown>;
export type Answer = { status: number; body: Json; etag: string };
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An organization with its owner, whose token goes with what is sent below its path. */
export type House = { id: string; slug: string; token: string };

export type Members = {
  db: Db;
  newHouse(): Promise<House>;
  newEvent(house: House, terms?: Partial<SaleTerms>, words?: Partial<EventWords>): Promise<string>;
  newTicketType(eventId: string, priceMinor?: number): Promise<string>;
  setState(eventId: string, state: SaleTerms['state']): Promise<void>;
  hold(eventId: string, ticketTypeId: string, quantity: number): Promise<void>;
  /** Sends to `/api/v1` plus the path; below the house's own path where one is given. */
  send(method: Method, path: string, options?: { house?: House; body?: unknown; headers?: Record<string, string> }): Promise<Answer>;
  close(): Promise<void>;
};

let count = 0;
const next = (): number => (count += 1);

/** The whole program over a database of its own, and what its members do. */
export async function openMembers(): Promise<Members> {
  const database = await createDatabase();
  const mails: Mail[] = [];
  const app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    database: { url: database.url, directUrl: database.url },
    secrets: { serverKey: Buffer.alloc(32, 9), internalSecret: null },
    mailer: { send: async (mail) => void mails.push(mail) },
  });
  const person = buildPerson(app.server, mails);
  const organizer = openOrganizer(database.url);
  return {
    ...organizer,
    newHouse: () => newHouse(person),
    send: (method, path, options = {}) => send(app, method, path, options),
    hold: (eventId, ticketTypeId, quantity) => hold(app, { event_id: eventId, lines: [{ ticket_type_id: ticketTypeId, quantity }] }),
    close: async () => {
      await app.close();
      await organizer.close();
      await database.close();
    },
  };
}

async function newHouse(person: Person): Promise<House> {
  const { access_token: token } = await person.signedIn();
  const slug = `house-${next()}`;
  const answer = await person.send({ method: 'POST', path: '/organizations', body: { name: 'House', slug }, token });
  assert.equal(answer.statusCode, 201, answer.body);
  return { id: answer.json<{ id: string }>().id, slug, token };
}

type Options = { house?: House; body?: unknown; headers?: Record<string, string> };

async function send(app: App, method: Method, path: string, { house, body, headers = {} }: Options): Promise<Answer> {
  const response = await app.server.inject({
    method,
    url: `/api/v1${house ? `/organizations/${house.id}` : ''}${path}`,
    headers: { ...(house && { authorization: `Bearer ${house.token}` }), ...headers },
    ...(body !== undefined && { payload: body as object }),
  });
  const text = response.payload;
  return { status: response.statusCode, body: text === '' ? {} : (JSON.parse(text) as Json), etag: String(response.headers.etag) };
}

/** Holds tickets for a buyer never seen before. */
async function hold(app: App, body: object): Promise<void> {
  const session = await app.server.inject({ method: 'POST', url: '/api/v1/buyer-sessions' });
  const headers = { authorization: `Bearer ${session.json<{ token: string }>().token}`, 'idempotency-key': `hold-${next()}` };
  const answer = await app.server.inject({ method: 'POST', url: '/api/v1/bookings', headers, payload: body });
  assert.equal(answer.statusCode, 201, answer.payload);
}

/** What the sale does, without HTTP. */
function openOrganizer(url: string) {
  const telemetry = buildTelemetry(buildLog('silent'));
  const db = openDb({ url, poolMax: 3, onError: () => {} });
  const settings = { connections: 1, batchMax: 100, queueMax: 100, deadlineMs: 5_000 };
  const base = { random: systemRandom, log: telemetry.log };
  const sales = buildSales({ ...base, db, laneUrl: url, settings, telemetry: telemetry.lane });
  const catalog = buildCatalog({ db, sales, clock: systemClock });
  return {
    db,
    newEvent: (house: House, terms: Partial<SaleTerms> = {}, words: Partial<EventWords> = {}) => newEvent(catalog, { house, terms, words }),
    newTicketType: (eventId: string, priceMinor = 0) => newTicketType(catalog, eventId, priceMinor),
    setState: async (eventId: string, state: SaleTerms['state']) => {
      const outcome = await changeSale(catalog, { eventId: uuidOf(eventId), changes: { state }, idempotencyKey: `state-${next()}` });
      assert.equal(outcome.kind, 'configured');
    },
    close: async () => {
      await sales.close(1_000);
      await db.close();
      telemetry.close();
    },
  };
}

function uuidOf(eventId: string): string {
  return parseId('evt', eventId) ?? '';
}

type NewEvent = { house: House; terms: Partial<SaleTerms>; words: Partial<EventWords> };

async function newEvent(catalog: CatalogModule, { house, terms, words }: NewEvent): Promise<string> {
  const created = await createEvent(catalog, {
    isTest: false,
    words: {
      organizationId: parseId('org', house.id) ?? '',
      title: 'An Evening',
      summary: '',
      description: '',
      venueName: 'The Hall',
      venueCity: 'Graz',
      startsAtMs: Date.parse('2099-05-01T18:00:00Z'),
      endsAtMs: Date.parse('2099-05-01T21:00:00Z'),
      timeZone: 'Europe/Vienna',
      picture: null,
      ...words,
    },
    currency: 'EUR',
    terms: { ...DEFAULT_SALE_TERMS, ...terms },
    idempotencyKey: `event-${next()}`,
  });
  assert.equal(created.kind, 'event');
  return formatId('evt', created.eventId);
}

async function newTicketType(catalog: CatalogModule, eventId: string, priceMinor: number): Promise<string> {
  const created = await createTicketType(catalog, {
    eventId: uuidOf(eventId),
    words: { name: 'Seat', description: '' },
    capacity: 100,
    terms: { ...DEFAULT_TICKET_TYPE_TERMS, priceMinor },
    idempotencyKey: `type-${next()}`,
  });
  assert.equal(created.kind, 'created');
  return formatCellId('typ', uuidOf(eventId), created.ticketTypeId);
}

/** The field that a refusal names. */
export function fieldOf({ body }: Answer): string | undefined {
  return (body['errors'] as { field: string }[] | undefined)?.[0]?.field;
}
