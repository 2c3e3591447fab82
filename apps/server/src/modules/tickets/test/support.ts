import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { compose, type App } from '../../../compose.ts';
import { loadConfig } from '../../../config.ts';
import type { Mail } from '../../../engines/mail/index.ts';
import { openDb, type Db } from '../../../platform/db/index.ts';
import { parseCellId, parseTicketId, type TicketKey } from '../../../platform/ids/index.ts';
import { buildLog } from '../../../platform/telemetry/index.ts';
import { createDatabase } from '../../../../../../test/support/database.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Send = { method: Method; path: string; body?: object | undefined; token?: string | undefined; on?: number; key?: string };
export type Show = { eventId: string; ticketTypeId: string };
export type TicketBody = {
  id: string;
  number: number;
  state: string;
  code: string | null;
  issue: number;
  offered_until: string | null;
  offered_to: string | null;
  revoked_reason: string | null;
  admitted_at: string | null;
};

/** Two whole servers on one database, and what buyers and organizers ask of them. */
export type House = {
  db: Db;
  url: string;
  mails: Mail[];
  organizationId: string;
  send(request: Send): Promise<LightMyRequestResponse>;
  /** The same, of a member, on the path within the organization. */
  asPlatform(method: Method, path: string, body?: object, on?: number): Promise<LightMyRequestResponse>;
  newShow(more?: object): Promise<Show>;
  newBuyer(): Promise<string>;
  /** The access token of somebody new. */
  newPerson(): Promise<string>;
  /** A confirmed booking of free tickets. */
  book(token: string, show: Show, quantity?: number): Promise<string>;
  ticketsOf(token: string, bookingId: string): Promise<TicketBody[]>;
  ticket(token: string, id: string): Promise<TicketBody>;
  mailedTo(email: string): Promise<Mail>;
  close(): Promise<void>;
};

export const SERVERS = 2;
const SECRET = 'a secret of the platform';
let count = 0;

function fresh(): number {
  count += 1;
  return count;
}

export async function openHouse(): Promise<House> {
  const database = await createDatabase();
  const db = openDb({ url: database.url, poolMax: 4, onError: () => {} });
  const mails: Mail[] = [];
  const apps: App[] = [];
  for (let index = 0; index < SERVERS; index += 1) {
    apps.push(
      await compose({
        config: loadConfig({ LOG_LEVEL: 'silent' }),
        database: { url: database.url, directUrl: database.url },
        secrets: { serverKey: Buffer.alloc(32, 3), internalSecret: SECRET },
        log: buildLog('silent'),
        mailer: { send: async (mail) => void mails.push(mail) },
      }),
    );
  }
  const send: House['send'] = ({ method, path, body, token, on = 0, key = `key-${fresh()}` }) =>
    apps[on]!.server.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: `10.9.${fresh() >> 8}.${count & 255}`,
      headers: { 'idempotency-key': key, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { payload: body }),
    });
  const made = async (answer: Promise<LightMyRequestResponse>): Promise<string> => {
    const { statusCode, body } = await answer;
    assert.equal(statusCode, 201, body);
    return (JSON.parse(body) as { id: string }).id;
  };
  const organizationId = await made(
    send({ method: 'POST', path: '/organizations', token: SECRET, body: { name: 'House', slug: 'house' } }),
  );
  const asPlatform: House['asPlatform'] = (method, path, body, on = 0) =>
    send({ method, path: `/organizations/${organizationId}${path}`, token: SECRET, body, on });
  const read = async <Body>(token: string, path: string): Promise<Body> => {
    const answer = await send({ method: 'GET', path, token });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<Body>();
  };
  return {
    ...{ db, url: database.url, mails, organizationId, send, asPlatform },
    newShow: async (more = {}) => {
      const eventId = await made(asPlatform('POST', '/events', { ...EVENING, ...more }));
      const type = { name: 'Free', price_minor: 0, capacity: 10_000, booking_max: 1_000 };
      return { eventId, ticketTypeId: await made(asPlatform('POST', `/events/${eventId}/ticket-types`, type)) };
    },
    newBuyer: async () => (await send({ method: 'POST', path: '/buyer-sessions' })).json<{ token: string }>().token,
    newPerson: () => newPerson(send, mails),
    book: (token, { eventId, ticketTypeId }, quantity = 1) => {
      const lines = [{ ticket_type_id: ticketTypeId, quantity }];
      return made(send({ method: 'POST', path: '/bookings', token, body: { event_id: eventId, lines, confirm: true } }));
    },
    ticketsOf: async (token, bookingId) => (await read<{ data: TicketBody[] }>(token, `/bookings/${bookingId}/tickets`)).data,
    ticket: (token, id) => read<TicketBody>(token, `/tickets/${id}`),
    mailedTo: async (email) => {
      for (;;) {
        const mail = mails.findLast(({ to }) => to === email);
        if (mail) return mail;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: async () => {
      for (const app of apps) await app.close();
      await db.close();
      await database.close();
    },
  };
}

const EVENING = {
  title: 'A long evening',
  venue: { name: 'Hall', city: 'Vienna' },
  starts_at: '2099-05-01T18:00:00Z',
  ends_at: '2099-05-01T21:00:00Z',
  time_zone: 'Europe/Vienna',
  currency: 'EUR',
  sale: { state: 'on_sale', booking_max: 10_000 },
};

const PASSWORD = 'a long walk by the sea';

async function newPerson(send: House['send'], mails: readonly Mail[]): Promise<string> {
  const email = `person-${fresh()}@example.org`;
  await send({ method: 'POST', path: '/sign-ups', body: { email, password: PASSWORD, name: 'Ada' } });
  const token = (): string | undefined => /mlt_\S+/.exec(mails.findLast(({ to }) => to === email)?.text ?? '')?.[0];
  while (token() === undefined) await new Promise((resolve) => setImmediate(resolve));
  const verified = await send({ method: 'POST', path: '/sign-ups/verify', body: { token: token(), password: PASSWORD } });
  assert.equal(verified.statusCode, 201, verified.body);
  return verified.json<{ access_token: string }>().access_token;
}

export function keyOf(ticketId: string): TicketKey {
  const key = parseTicketId(ticketId);
  assert.ok(key);
  return key;
}

export function eventOf(bookingId: string): string {
  return parseCellId('bkg', bookingId)!.eventId;
}

/** What a test does to a ticket that doors do: somebody was let in with it. */
export async function admit(db: Db, ticketId: string): Promise<void> {
  const { eventId, bookingId, number } = keyOf(ticketId);
  await db.query(
    'update tickets.tickets set admitted_at = now(), admitted_scan = gen_random_uuid() where event_id = $1 and booking_id = $2 and number = $3',
    [eventId, bookingId, number],
  );
}

export type FactRow = { seq: number; type: string; payload: Record<string, unknown> };

export async function factsOf(db: Db, eventId: string, type: string): Promise<FactRow[]> {
  return db.query<FactRow>('select seq::int as seq, type, payload from facts.facts where event_id = $1 and type = $2 order by seq', [
    eventId,
    type,
  ]);
}

export function anAddress(): string {
  return `friend-${fresh()}@example.org`;
}
