import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createDatabase } from '../support/database.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { signIn } from './sign-in.ts';
import { buildBuyerTokens } from '../../apps/server/src/modules/accounts/buyer-tokens.ts';

export type Made = { eventId: string; free: string; paid: string; hidden: string; quota: string; gate: string };

/** The real program with two events on sale, three buyers, and tokens that must not open anything. */
export type World = {
  server: TestServer;
  databaseUrl: string;
  secret: string;
  organizationId: string;
  /** The event that hostile requests are about, and another one whose ids do not belong there. */
  event: Made;
  other: Made;
  /** One of another organization, to be duplicated. */
  copied: Made & { organizationId: string };
  /** An event that no hostile request names. */
  kept: Made;
  buyer: string;
  /** Access tokens of people who signed in; the leaver's sessions may end. */
  person: string;
  leaver: string;
  refreshToken: string;
  /** An organization of the person's own. */
  house: string;
  /** A draft of that house, a venue and a question. */
  words: { event: string; venue: string; question: string };
  stranger: string;
  expired: string;
  foreignKey: string;
  bookings: { mine: string[]; strangers: string; others: string };
  /** Tickets of the buyer, of the event that organizers change. */
  tickets: string[];
  /** An Idempotency-Key under which the buyer has booked. */
  usedKey: string;
  send(method: string, path: string, options?: SendOptions): Promise<{ status: number; body: Record<string, unknown> }>;
  freshToken(): string;
  close(): Promise<void>;
};

export type SendOptions = { body?: unknown; token?: string; key?: string };

export const ACCESS_CODE = 'MEMBERS-2026';
const secret = 'hostile-tests-know-this-secret';
const CAPACITY = 1_000_000;
const BOOKINGS = 40;
const TICKETS = 10;

export async function buildWorld(): Promise<World> {
  const database = await createDatabase();
  const serverKey = randomBytes(32);
  const env = {
    DATABASE_URL: database.url,
    TESSERA_SERVER_KEY: serverKey.toString('hex'),
    TESSERA_INTERNAL_SECRET: secret,
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
  };
  const server = await startServer({ env });
  const send = sender(server.url);
  const tokens = buildBuyerTokens(serverKey);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const freshToken = (): string => tokens.issue(nowSeconds + 86_400);
  const organization = await made(send, '/api/v1/organizations', { name: 'Hostile Hall', slug: 'hostile-hall' });
  const organizationId = String(organization['id']);
  const event = await makeEvent(send, organizationId);
  const other = await makeEvent(send, organizationId);
  const kept = await makeEvent(send, organizationId);
  const archive = await made(send, '/api/v1/organizations', { name: 'Hostile Archive', slug: 'hostile-archive' });
  const copied = { ...(await makeEvent(send, String(archive['id']))), organizationId: String(archive['id']) };
  const [buyer, stranger] = [freshToken(), freshToken()];
  const [person, leaver] = [await signIn(server, send, 'person@example.org'), await signIn(server, send, 'leaver@example.org')];
  const house = await made(send, '/api/v1/organizations', { name: 'The person’s house', slug: 'persons-house' }, person.accessToken);
  const words = await makeWords(send, String(house['id']), person.accessToken);
  const usedKey = 'used-before';
  const hold = async (at: Made, token: string, key = freshKey()): Promise<string> => {
    const body = { event_id: at.eventId, lines: [{ ticket_type_id: at.free, quantity: 1 }] };
    const answer = await send('POST', '/api/v1/bookings', { body, token, key });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(answer.body['id']);
  };
  const tickets: string[] = [];
  for (let index = 0; index < TICKETS; index += 1) {
    const body = { event_id: other.eventId, lines: [{ ticket_type_id: other.free, quantity: 1 }], confirm: true };
    const answer = await send('POST', '/api/v1/bookings', { body, token: buyer, key: freshKey() });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    tickets.push(`${String(answer.body['id']).replace('bkg', 'tkt')}001`);
  }
  const mine = [await hold(event, buyer, usedKey)];
  while (mine.length < BOOKINGS) mine.push(await hold(event, buyer));
  return {
    server,
    databaseUrl: database.url,
    secret,
    organizationId,
    event,
    other,
    kept,
    copied,
    buyer,
    person: person.accessToken,
    leaver: leaver.accessToken,
    refreshToken: person.refreshToken,
    house: String(house['id']),
    words,
    stranger,
    expired: tokens.issue(nowSeconds - 60),
    foreignKey: buildBuyerTokens(randomBytes(32)).issue(nowSeconds + 86_400),
    bookings: { mine, strangers: await hold(event, stranger), others: await hold(other, stranger) },
    tickets,
    usedKey,
    send,
    freshToken,
    close: async () => {
      await server.stop();
      await database.close();
    },
  };
}

type Send = World['send'];

export function freshKey(): string {
  return randomBytes(9).toString('base64url');
}

function sender(url: string): Send {
  return async (method, path, { body, token, key } = {}) => {
    const headers: Record<string, string> = {};
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    if (key !== undefined) headers['idempotency-key'] = key;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  };
}

async function made(send: Send, path: string, body: unknown, token = secret): Promise<Record<string, unknown>> {
  const answer = await send('POST', path, { body, token, key: freshKey() });
  assert.equal(answer.status, 201, `${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function makeWords(send: Send, house: string, token: string): Promise<World['words']> {
  const url = `/api/v1/organizations/${house}`;
  const planned = {
    title: 'A draft',
    venue: { name: 'Hall', city: 'Vienna' },
    starts_at: '2099-05-01T18:00:00Z',
    ends_at: '2099-05-01T22:00:00Z',
    time_zone: 'Europe/Vienna',
    currency: 'EUR',
  };
  const draft = await made(send, `${url}/events`, planned, token);
  const venue = await made(send, `${url}/venues`, { name: 'Hall', city: 'Vienna', time_zone: 'Europe/Vienna' }, token);
  const asked = { label: 'Which?', kind: 'choice', options: ['One', 'Other'] };
  const question = await made(send, `${url}/events/${String(draft['id'])}/questions`, asked, token);
  return { event: String(draft['id']), venue: String(venue['id']), question: String(question['id']) };
}

async function makeEvent(send: Send, organizationId: string): Promise<Made> {
  const events = `/api/v1/organizations/${organizationId}/events`;
  const event = await made(send, events, {
    title: 'A night of bad input',
    venue: { name: 'Hall', city: 'Vienna' },
    starts_at: '2099-05-01T18:00:00Z',
    ends_at: '2099-05-01T22:00:00Z',
    time_zone: 'Europe/Vienna',
    currency: 'EUR',
    sale: { state: 'on_sale', booking_max: 10_000 },
  });
  const eventId = String(event['id']);
  const type = async (body: object): Promise<string> => {
    const whole = { name: 'A ticket', capacity: CAPACITY, booking_max: 10_000, ...body };
    return String((await made(send, `${events}/${eventId}/ticket-types`, whole))['id']);
  };
  const free = await type({ price_minor: 0 });
  const paid = await type({ price_minor: 4500 });
  const hidden = await type({ price_minor: 0, access_code: ACCESS_CODE });
  const quota = await made(send, `${events}/${eventId}/quotas`, { name: 'All', capacity: CAPACITY, ticket_type_ids: [free, paid] });
  await made(send, `${events}/${eventId}/promo-codes`, { code: 'HALF', kind: 'percent', value: 500_000 });
  const gate = await made(send, `${events}/${eventId}/gates`, { name: 'North' });
  return { eventId, free, paid, hidden, quota: String(quota['id']), gate: String(gate['id']) };
}
