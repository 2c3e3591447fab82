import assert from 'node:assert/strict';
import { createDatabase } from '../../../../../../test/support/database.ts';
import type { Notification, PaymentProvider } from '../../../engines/payments/index.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { openDb } from '../../../platform/db/index.ts';
import { buildServer, closeServer, type HttpServer } from '../../../platform/http/index.ts';
import { formatCellId, formatId, parseCellId } from '../../../platform/ids/index.ts';
import { buildLog, buildTelemetry } from '../../../platform/telemetry/index.ts';
import { buildAccounts } from '../../accounts/index.ts';
import {
  buildCatalog,
  createEvent,
  createOrganization,
  createTicketType,
  DEFAULT_SALE_TERMS,
  DEFAULT_TICKET_TYPE_TERMS,
  readEventOwner,
  readEventStart,
  type CatalogModule,
} from '../../catalog/index.ts';
import { buildOrganizations, mayBeScope } from '../../organizations/index.ts';
import {
  bookingRoutes,
  buildSales,
  problemOfLaneError,
  readBookings,
  type Booking,
  type Pricing,
  type SalesModule,
} from '../../sales/index.ts';
import { buildMoneyLane, buildPayments, purgeMoney, type PaymentsModule } from '../index.ts';
import { sweepOwed } from '../owed-sweeper.ts';
import { buildFakeProvider, type FakeProvider } from './fake-provider.ts';

export type Answer = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> };
export type Sold = { eventId: string; bookingId: string; id: string; token: string; ref: string };

export type PaymentsUnderTest = {
  payments: PaymentsModule;
  sales: SalesModule;
  catalog: CatalogModule;
  provider: FakeProvider;
  http: HttpServer;
  url: string;
  newEvent(terms?: NewEvent): Promise<Made>;
  /** Holds tickets for a buyer never seen before, and goes to pay. */
  newBuyer(): { token: string };
  begin(event: Made, quantity?: number, promoCode?: string): Promise<Sold>;
  /** The answer to a buyer never seen before who goes to pay. */
  tryBegin(event: Made): Promise<Answer>;
  /** The same, paid and told. */
  sell(event: Made, quantity?: number, promoCode?: string): Promise<Sold>;
  send(method: Method, path: string, options?: { token?: string; body?: object; key?: string }): Promise<Answer>;
  /** The same as an owner of the event's organization, below the event's path. */
  organize(method: Method, event: Made, path: string, options?: { body?: object; key?: string }): Promise<Answer>;
  /** The same, below the path of an organization. */
  organizeHouse(method: Method, organizationId: string, path: string): Promise<Answer>;
  /** Posts a notification as the provider does. */
  tell(notification: Notification, by?: { secret?: string; account?: string }): Promise<Answer>;
  booking(sold: { eventId: string; bookingId: string }): Promise<Booking>;
  /** Does what is owed, until nothing is due. */
  drain(): Promise<number>;
  balances(eventId: string): Promise<Record<string, number>>;
  rows<Row extends object>(text: string, values?: string[]): Promise<Row[]>;
  close(): Promise<void>;
};

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Made = { organizationId: string; eventId: string; typeId: string };
export type NewEvent = { capacity?: number; priceMinor?: number; pricing?: Pricing | null; startsInMs?: number; isTest?: boolean };

const SECRET = 'a-secret-of-this-test';
let count = 0;
const nextKey = (): string => {
  count += 1;
  return `key-${count}`;
};

/** Payments with the sale and the routes of both, on a database of its own and a provider in memory. Nothing sweeps by itself. */
export async function openPayments(other?: PaymentProvider): Promise<PaymentsUnderTest> {
  const database = await createDatabase();
  const log = buildLog('silent');
  const telemetry = buildTelemetry(log);
  const db = openDb({ url: database.url, poolMax: 5, onError: () => {} });
  const moneyLane = buildMoneyLane();
  const settings = { connections: 4, batchMax: 500, queueMax: 5_000, deadlineMs: 5_000 };
  const random = () => 0.5;
  const sales = buildSales({ db, laneUrl: database.url, settings, random, telemetry: telemetry.lane, log, parts: [moneyLane.part] });
  const provider = buildFakeProvider();
  const people = { serverKey: Buffer.alloc(32, 7), db, clock: systemClock, log, mailer: { send: async () => {} }, mayBeScope };
  const publicUrl = 'http://localhost:8080';
  const accounts = buildAccounts({ ...people, publicUrl });
  const base = {
    db,
    sales,
    provider: other ?? provider,
    moneyLane,
    clock: systemClock,
    random,
    log,
    exposition: telemetry.exposition,
    publicUrl,
  };
  const payments = buildPayments({
    ...base,
    isTestEvent: async (eventId) => (await readEventOwner(db, eventId))?.isTest ?? false,
    startOf: async (eventId) => (await readEventStart(db, eventId))?.startsAtMs ?? null,
  });
  const catalog = buildCatalog({ db, sales, clock: systemClock, purges: [purgeMoney] });
  const exists = (id: string) => catalog.hasOrganization(id);
  const organizations = buildOrganizations({ ...people, accounts, internalSecret: SECRET, exists });
  const http = buildServer({ telemetry, translators: [problemOfLaneError] });
  accounts.routes(http);
  bookingRoutes(http, { sales, requireBuyer: accounts.requireBuyer });
  payments.buyerRoutes(http, { requireBuyer: accounts.requireBuyer });
  payments.organizerRoutes(http, { catalog, organizations });
  catalog.organizationRoutes(http, organizations);
  await payments.webhookRoute(http);

  const send: PaymentsUnderTest['send'] = async (method, path, { token, body, key = nextKey() } = {}) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method !== 'GET' && { 'idempotency-key': key }),
    };
    const response = await http.inject({ method, url: `/api/v1${path}`, headers, ...(body && { payload: body }) });
    return { status: response.statusCode, body: response.payload === '' ? {} : response.json(), headers: response.headers };
  };
  const tell: PaymentsUnderTest['tell'] = async (notification, by) => {
    const { body, signature } = provider.post(notification, by);
    const headers = { 'fake-signature': signature, 'content-type': 'application/json' };
    const response = await http.inject({ method: 'POST', url: '/webhooks/payments', headers, payload: body });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  const hold = async ({ eventId, typeId }: Made, quantity: number, promoCode: string | undefined) => {
    const { token } = accounts.issueBuyerSession(systemClock.nowMs());
    const lines = [{ ticket_type_id: formatCellId('typ', eventId, typeId), quantity }];
    const body = { event_id: formatId('evt', eventId), lines, ...(promoCode !== undefined && { promo_code: promoCode }) };
    const held = await send('POST', '/bookings', { token, body });
    assert.equal(held.status, 201, JSON.stringify(held.body));
    return { token, id: String(held.body['id']) };
  };
  const tryBegin: PaymentsUnderTest['tryBegin'] = async (event) => {
    const { id, token } = await hold(event, 1, undefined);
    return send('POST', `/bookings/${id}/payment`, { token });
  };
  const begin: PaymentsUnderTest['begin'] = async (event, quantity = 1, promoCode = undefined) => {
    const { id, token } = await hold(event, quantity, promoCode);
    const begun = await send('POST', `/bookings/${id}/payment`, { token });
    assert.equal(begun.status, 200, JSON.stringify(begun.body));
    const bookingId = parseCellId('bkg', id)?.id ?? '';
    const ref = [...provider.intents.values()].find((intent) => intent.bookingId === bookingId)?.ref ?? '';
    return { eventId: event.eventId, bookingId, id, token, ref };
  };
  return {
    payments,
    sales,
    catalog,
    provider,
    http,
    url: database.url,
    send,
    tell,
    newBuyer: () => ({ token: accounts.issueBuyerSession(systemClock.nowMs()).token }),
    begin,
    tryBegin,
    newEvent: (terms) => newEvent(catalog, terms),
    organizeHouse: (method, organizationId, path) =>
      send(method, `/organizations/${formatId('org', organizationId)}${path}`, { token: SECRET }),
    organize: (method, { organizationId, eventId }, path, options) => {
      const below = `/organizations/${formatId('org', organizationId)}/events/${formatId('evt', eventId)}`;
      return send(method, `${below}${path}`, { ...options, token: SECRET });
    },
    sell: async (event, quantity, promoCode) => {
      const sold = await begin(event, quantity, promoCode);
      const told = await tell(provider.pay(sold.ref));
      assert.equal(told.status, 200, JSON.stringify(told.body));
      return sold;
    },
    booking: async ({ eventId, bookingId }) => {
      const { bookings } = await readBookings(sales, { eventId, bookingIds: [bookingId] });
      assert.ok(bookings[0]);
      return bookings[0];
    },
    drain: async () => {
      let taken = 0;
      for (let page = -1; page !== 0; taken += page) page = await sweepOwed(payments, random);
      return taken;
    },
    balances: async (eventId) => {
      const rows = await db.query<{ account: string; left: number }>(
        'select account, (debit_minor - credit_minor)::float8 as left from payments.balances where event_id = $1 order by account',
        [eventId],
      );
      return Object.fromEntries(rows.map(({ account, left }) => [account, left]));
    },
    rows: (text, values) => db.query(text, values),
    close: async () => {
      await closeServer(http, 1_000);
      await payments.stop();
      await sales.close(1_000);
      await accounts.close(1_000);
      await db.close();
      telemetry.close();
      await database.close();
    },
  };
}

let houses = 0;

async function newEvent(catalog: CatalogModule, terms: NewEvent = {}): Promise<Made> {
  const { capacity = 100, priceMinor = 2_000, pricing = null, startsInMs = 86_400_000, isTest = false } = terms;
  houses += 1;
  const idempotencyKey = `made-${houses}`;
  const made = await createOrganization(catalog, { name: 'House', slug: `house-${houses}`, idempotencyKey });
  assert.equal(made.kind, 'organization');
  const startsAtMs = systemClock.nowMs() + startsInMs;
  const place = { venueName: 'Hall', venueCity: 'Vienna', timeZone: 'Europe/Vienna', picture: null };
  const texts = { title: 'Evening', summary: '', description: '' };
  const words = { organizationId: made.organization.id, ...texts, ...place, startsAtMs, endsAtMs: startsAtMs + 7_200_000 };
  const sale = { ...DEFAULT_SALE_TERMS, state: 'on_sale', pricing } as const;
  const event = await createEvent(catalog, { words, currency: 'EUR', terms: sale, isTest, idempotencyKey });
  assert.equal(event.kind, 'event');
  const { eventId } = event;
  const ofType = { ...DEFAULT_TICKET_TYPE_TERMS, priceMinor };
  const type = await createTicketType(catalog, {
    eventId,
    words: { name: 'Seat', description: '' },
    capacity,
    terms: ofType,
    idempotencyKey: 'type',
  });
  assert.equal(type.kind, 'created');
  return { organizationId: made.organization.id, eventId, typeId: type.ticketTypeId };
}
