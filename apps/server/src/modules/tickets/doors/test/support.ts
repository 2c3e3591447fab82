import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { composeCode } from '@tessera/ticket-code';
import { createDatabase } from '../../../../../../../test/support/database.ts';
import { compose, type App } from '../../../../compose.ts';
import { loadConfig } from '../../../../config.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { formatTicketId, parseCellId, parseId } from '../../../../platform/ids/index.ts';

export const SECRET = 'a-secret-of-this-test';

export type Json = Record<string, unknown>;
export type Answer<Body = Json> = { status: number; body: Body; headers: Headers };
export type Sent = { method?: string; body?: unknown; token?: string; key?: string | null };

/** A ticket as its row has it, and what its code says. */
export type SoldTicket = { id: string; bookingId: string; number: number; secret: string; issue: number; code: string };

export type DoorsUnderTest = {
  db: Db;
  url: string;
  apps: readonly App[];
  /** Sends to one of the servers over real HTTP, as the platform unless told otherwise. */
  send<Body = Json>(path: string, sent?: Sent & { server?: number }): Promise<Answer<Body>>;
  /** An event on sale with a free ticket type, of more tickets than anybody sells unless told otherwise. */
  newEvent(terms?: { capacity?: number }): Promise<DoorEvent>;
  /** Sells tickets of a booking, and answers them with their codes. */
  sell(event: DoorEvent, quantity: number): Promise<SoldTicket[]>;
  /** The tickets of a booking as they are now. */
  ticketsOf(event: DoorEvent, bookingId: string): Promise<SoldTicket[]>;
  close(): Promise<void>;
};

export type DoorEvent = { id: string; uuid: string; ticketTypeId: string; ticketTypeUuid: string; path: string };

/** The whole program, on so many servers over one database. */
export async function openDoors({ servers = 1 }: { servers?: number } = {}): Promise<DoorsUnderTest> {
  const database = await createDatabase();
  const db = openDb({ url: database.url, poolMax: 3, onError: () => {} });
  const apps: App[] = [];
  const ports: number[] = [];
  for (let count = 0; count < servers; count += 1) {
    const app = await compose({
      config: loadConfig({ LOG_LEVEL: 'silent', PORT: '0', HOST: '127.0.0.1', TESSERA_ROLES: 'api' }),
      database: { url: database.url, directUrl: database.url },
      secrets: { serverKey: Buffer.alloc(32, 9), internalSecret: SECRET },
      mailer: { send: async () => {} },
    });
    apps.push(app);
    ports.push((await app.listen()).port);
  }
  const send: DoorsUnderTest['send'] = async (path, { server = 0, ...sent } = {}) => sendTo(ports[server]!, path, sent);
  const ticketsOf = (event: DoorEvent, bookingId: string) => readTickets(db, event, bookingId);
  return {
    ...{ db, url: database.url, apps, send, ticketsOf },
    newEvent: (terms) => newEvent(send, terms),
    sell: async (event, quantity) => ticketsOf(event, await sell(send, event, quantity)),
    close: async () => {
      await Promise.all(apps.map((app) => app.close()));
      await db.close();
      await database.close();
    },
  };
}

async function sendTo<Body>(port: number, path: string, sent: Sent): Promise<Answer<Body>> {
  const { method = sent.body === undefined ? 'GET' : 'POST', body, token = SECRET, key = randomUUID() } = sent;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== null && method !== 'GET' && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body, headers: response.headers };
}

type Send = DoorsUnderTest['send'];

async function made(send: Send, path: string, body: object): Promise<string> {
  const answer = await send<{ id: string }>(path, { body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}

async function newEvent(send: Send, { capacity = 100_000 }: { capacity?: number } = {}): Promise<DoorEvent> {
  const organization = await made(send, '/api/v1/organizations', { name: 'House', slug: `house-${randomUUID()}` });
  const id = await made(send, `/api/v1/organizations/${organization}/events`, {
    ...{ title: 'Evening', venue: { name: 'Hall', city: 'Vienna' }, time_zone: 'Europe/Vienna', currency: 'EUR' },
    ...{ starts_at: '2099-05-01T18:00:00Z', ends_at: '2099-05-01T21:00:00Z', sale: { state: 'on_sale', booking_max: 1000 } },
  });
  const path = `/api/v1/organizations/${organization}/events/${id}`;
  const ticketTypeId = await made(send, `${path}/ticket-types`, { name: 'Floor', price_minor: 0, capacity, booking_max: 1000 });
  return { id, uuid: parseId('evt', id)!, ticketTypeId, ticketTypeUuid: parseCellId('typ', ticketTypeId)!.id, path };
}

async function sell(send: Send, { id, ticketTypeId }: DoorEvent, quantity: number): Promise<string> {
  const { body: session } = await send<{ token: string }>('/api/v1/buyer-sessions', { body: {}, method: 'POST' });
  const body = { event_id: id, lines: [{ ticket_type_id: ticketTypeId, quantity }], confirm: true };
  const answer = await send<{ id: string }>('/api/v1/bookings', { body, token: session.token });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return parseCellId('bkg', answer.body.id)!.id;
}

async function readTickets(db: Db, { uuid: eventId }: DoorEvent, bookingId: string): Promise<SoldTicket[]> {
  const rows = await db.query<{ number: number; secret: string; issue: number }>(
    'select number, secret, issue from tickets.tickets where event_id = $1 and booking_id = $2 order by number',
    [eventId, bookingId],
  );
  return rows.map(({ number, secret, issue }) => ({
    ...{ bookingId, number, secret, issue },
    id: formatTicketId({ eventId, bookingId, number }),
    code: codeOf({ eventId, bookingId, number, secret, issue }),
  }));
}

/** A code whose signature nobody verifies where it can be looked up. */
export function codeOf(ticket: { eventId: string; bookingId: string; number: number; secret: string; issue: number }): string {
  return composeCode({ keyNo: 1, ...ticket }, Buffer.alloc(64, 1));
}
