import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../../../../../../../test/support/database.ts';
import { compose } from '../../../../compose.ts';
import { loadConfig } from '../../../../config.ts';
import { paymentsAccess, startSandbox } from '../../../../engines/payments/index.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { systemRandom } from '../../../../platform/random.ts';
import { buildLog } from '../../../../platform/telemetry/index.ts';

export type Json = Record<string, unknown>;
export type Show = { eventId: string; types: readonly string[] };
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A whole server that listens, with the payment sandbox beside it, and what people ask of both over HTTP. */
export type Shop = {
  url: string;
  organizationId: string;
  fetch(path: string, token?: string | null, method?: Method, body?: object): Promise<Response>;
  /** The same, for an answer that is JSON and good. */
  ask(method: Method, path: string, token: string | null, body?: object): Promise<Json>;
  /** Of the platform, on a path within the organization. */
  organize(method: Method, path: string, body?: object): Promise<Json>;
  newShow(more?: object, types?: readonly object[]): Promise<Show>;
  newBuyer(): Promise<string>;
  hold(token: string, show: Show, quantities: readonly number[], more?: object): Promise<string>;
  /** Paid at the sandbox, and confirmed by what that tells. */
  pay(token: string, bookingId: string): Promise<void>;
  /** Held, paid at the sandbox, and confirmed by what it tells. */
  buy(token: string, show: Show, quantities: readonly number[], more?: object): Promise<string>;
  close(): Promise<void>;
};

export const PLATFORM = 'a secret of the platform';
const SERVER_KEY = Buffer.alloc(32, 9);
let count = 0;

export async function openShop(): Promise<Shop> {
  const database = await createDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'tessera-papers-'));
  const given = { apiKey: null, webhookSecrets: null, account: null };
  const sandbox = await startSandbox({
    ...{ mode: 'test', port: 0, journalFolder: folder, durable: false, webhookUrls: null, clock: systemClock, random: systemRandom },
    ...{ ...paymentsAccess('', given, SERVER_KEY), log: () => {} },
  });
  const app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent', PORT: '0', HOST: '127.0.0.1', PUBLIC_URL: 'https://tickets.example' }),
    database: { url: database.url, directUrl: database.url },
    secrets: { serverKey: SERVER_KEY, internalSecret: PLATFORM },
    payments: paymentsAccess(sandbox.url, given, SERVER_KEY),
    log: buildLog('silent'),
    mailer: { send: async () => {} },
  });
  const { port } = await app.listen();
  const url = `http://127.0.0.1:${port}`;
  sandbox.setWebhookUrls([`${url}/webhooks/payments`]);

  const fetchFrom: Shop['fetch'] = (path, token = null, method = 'GET', body) => {
    count += 1;
    const headers = {
      'idempotency-key': `key-${count}`,
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    return fetch(`${url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  };
  const ask: Shop['ask'] = async (method, path, token, body) => {
    const answer = await fetchFrom(path, token, method, body);
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Json;
  };
  const organizationId = String((await ask('POST', '/organizations', PLATFORM, { name: 'Aurora', slug: 'aurora' }))['id']);
  const organize: Shop['organize'] = (method, path, body) => ask(method, `/organizations/${organizationId}${path}`, PLATFORM, body);
  const hold: Shop['hold'] = async (token, { eventId, types }, quantities, more = {}) => {
    const lines = quantities.map((quantity, index) => ({ ticket_type_id: types[index], quantity }));
    return String((await ask('POST', '/bookings', token, { event_id: eventId, lines, ...more }))['id']);
  };
  const pay = async (token: string, bookingId: string): Promise<void> => {
    const { intent } = (await ask('POST', `/bookings/${bookingId}/payment`, token, {})) as {
      intent: { ref: string; client_secret: string };
    };
    const card = { client_secret: intent.client_secret, card: 'success', holder_name: 'Ada' };
    const headers = { 'content-type': 'application/json' };
    const paid = await fetch(`${sandbox.url}/v1/intents/${intent.ref}/pay`, { method: 'POST', headers, body: JSON.stringify(card) });
    assert.equal(paid.status, 200, await paid.text());
    while ((await ask('GET', `/bookings/${bookingId}`, token))['state'] !== 'confirmed')
      await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return {
    ...{ url, organizationId, fetch: fetchFrom, ask, organize, hold, pay },
    newShow: async (more = {}, types = [{ name: 'Standing', price_minor: 4_950, capacity: 5_000, booking_max: 1_000 }]) => {
      const eventId = String((await organize('POST', '/events', { ...EVENING, ...more }))['id']);
      const ids: string[] = [];
      for (const type of types) ids.push(String((await organize('POST', `/events/${eventId}/ticket-types`, type))['id']));
      return { eventId, types: ids };
    },
    newBuyer: async () => String((await ask('POST', '/buyer-sessions', null))['token']),
    buy: async (token, show, quantities, more) => {
      const bookingId = await hold(token, show, quantities, more);
      await pay(token, bookingId);
      return bookingId;
    },
    close: async () => {
      await app.close();
      await sandbox.close();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const EVENING = {
  title: 'Nachtmusik am Fluß – 夜の音楽',
  summary: 'Water and strings.',
  venue: { name: 'Alte Münze, Saal 2', city: 'Berlin' },
  starts_at: '2099-12-12T19:00:00Z',
  ends_at: '2099-12-12T22:30:00Z',
  time_zone: 'Europe/Berlin',
  currency: 'EUR',
  sale: { state: 'on_sale', booking_max: 10_000 },
};
