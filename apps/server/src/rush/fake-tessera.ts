import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Booking } from '@tessera/contract';
import { parseJson } from './parse-json.ts';

/**
 * A sale in memory for tests of the rush: as honest as the real one unless a sabotage is named, and with no more of it
 * than buyers see. Holds run out when somebody looks.
 */
export type Sabotage =
  | 'two bookings for one key'
  | 'loses a booking'
  | 'changes a price'
  | 'oversells'
  | 'fails'
  | 'sells in secret'
  | 'audit finds something';

export type FakeTessera = { url: URL; close(): Promise<void> };

type Answer = { status: number; body: object; replayed?: boolean };
type Own = { booking: Booking; token: string; expiresMs: number };
type Request = { method: string; path: string; token: string; key: string; body: Record<string, unknown> };

type Sale = {
  sabotage: Sabotage | null;
  capacity: number;
  holdMs: number;
  prices: Map<string, number>;
  bookings: Map<string, Own>;
  byKey: Map<string, string>;
  /** Commands that have gone wrong on purpose: once is enough. */
  spoilt: number;
};

export async function startFakeTessera(sabotage: Sabotage | null): Promise<FakeTessera> {
  const sale: Sale = { sabotage, capacity: 0, holdMs: 0, prices: new Map(), bookings: new Map(), byKey: new Map(), spoilt: 0 };
  const server = createServer(async (message, response) => {
    const { status, body, replayed = false } = answer(sale, await readRequest(message));
    response.writeHead(status, { 'content-type': 'application/json', ...(replayed && { 'idempotency-replayed': 'true' }) });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), close };
}

async function readRequest(message: IncomingMessage): Promise<Request> {
  let text = '';
  for await (const chunk of message) text += String(chunk);
  const token = message.headers.authorization?.slice('Bearer '.length) ?? '';
  const body = (parseJson(text) ?? {}) as Record<string, unknown>;
  return { method: message.method ?? '', path: message.url ?? '', token, key: String(message.headers['idempotency-key']), body };
}

function answer(sale: Sale, request: Request): Answer {
  for (const own of sale.bookings.values()) {
    if (own.booking.state === 'held' && own.expiresMs < performance.now()) own.booking.state = 'expired';
  }
  const { path } = request;
  if (path.startsWith('/api/v1/organizations')) return answerOrganizer(sale, request);
  if (path === '/api/v1/buyer-sessions') return { status: 201, body: { token: randomUUID() } };
  if (path === '/api/v1/bookings') return place(sale, request);
  if (path.startsWith('/api/v1/bookings/')) return onBooking(sale, request);
  return path.includes('/audit') ? audit(sale) : page(sale);
}

function answerOrganizer(sale: Sale, { method, path, body }: Request): Answer {
  const id = method === 'POST' ? randomUUID() : path;
  if (path.endsWith('/events')) sale.holdMs = (body['sale'] as { hold_seconds: number }).hold_seconds * 1000;
  if (path.endsWith('/quotas')) sale.capacity = Number(body['capacity']);
  if (path.endsWith('/ticket-types')) sale.prices.set(id, 0);
  const [, typeId] = path.split('/ticket-types/');
  if (typeId !== undefined) sale.prices.set(typeId, Number(body['price_minor']));
  return { status: 200, body: { id } };
}

function place(sale: Sale, { token, key, body }: Request): Answer {
  const known = sale.bookings.get(sale.byKey.get(`${token} ${key}`) ?? '');
  if (known && !spoils(sale, 'two bookings for one key')) return { status: 200, body: known.booking, replayed: true };
  if (spoils(sale, 'fails')) return { status: 500, body: { code: 'INTERNAL' } };
  const booking = bookingOf(sale, body);
  const left = sale.capacity - taken(sale, ['held', 'confirmed']);
  if (booking.quantity > left && sale.sabotage !== 'oversells') return { status: 409, body: { code: 'SALES_SOLD_OUT', left } };
  if (body['confirm'] === true && booking.total_minor > 0) return { status: 402, body: { code: 'SALES_PAYMENT_REQUIRED' } };
  if (body['confirm'] === true) booking.state = 'confirmed';
  if (spoils(sale, 'sells in secret'))
    sale.bookings.set(randomUUID(), { booking: { ...booking, state: 'confirmed' }, token, expiresMs: 0 });
  sale.bookings.set(booking.id, { booking, token, expiresMs: performance.now() + sale.holdMs });
  sale.byKey.set(`${token} ${key}`, booking.id);
  return { status: 201, body: booking };
}

function bookingOf(sale: Sale, body: Record<string, unknown>): Booking {
  const wished = body['lines'] as { ticket_type_id: string; quantity: number }[];
  const lines = wished.map((line) => ({ ...line, unit_price_minor: sale.prices.get(line.ticket_type_id) ?? 0 }));
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unit_price_minor, 0);
  const held = {
    id: `bkg_${randomUUID()}`,
    event_id: 'evt',
    state: 'held',
    lines,
    quantity,
    total_minor: total,
    paid_minor: 0,
    refunded_minor: 0,
    returned_tickets: [] as number[],
    offered_tickets: [] as number[],
    currency: 'EUR',
  } as const;
  const times = { held_at: '', expires_at: '', expires_in_seconds: 5, extended: false, confirmed_at: null, closed_at: null };
  const plain = { promo_code: null, charges: null };
  return { ...held, ...plain, ...times };
}

function onBooking(sale: Sale, { path, token }: Request): Answer {
  const [, , , , id, move] = path.split('/');
  const own = sale.bookings.get(id ?? '');
  if (own?.token !== token) return { status: 404, body: { code: 'NOT_FOUND' } };
  if (spoils(sale, 'changes a price')) own.booking = { ...own.booking, total_minor: own.booking.total_minor + 1 };
  if (move === 'extend' && own.booking.state === 'held') own.expiresMs += sale.holdMs;
  const next = ({ confirm: 'confirmed', release: 'released', extend: 'held' } as const)[move ?? ''] ?? own.booking.state;
  if (own.booking.state !== 'held' && own.booking.state !== next)
    return { status: 409, body: { code: 'SALES_WRONG_STATE', state: own.booking.state } };
  own.booking = { ...own.booking, state: next };
  if (next === 'confirmed' && spoils(sale, 'loses a booking')) sale.bookings.delete(own.booking.id);
  return { status: 200, body: own.booking };
}

function audit(sale: Sale): Answer {
  const counters = { id: 'all', capacity: sale.capacity, held: taken(sale, ['held']), sold: taken(sale, ['confirmed']), set_aside: 0 };
  const verdict = sale.sabotage === 'audit finds something' ? 'broken' : 'clean';
  return { status: 200, body: { verdict, ticket_types: [counters], quotas: [counters] } };
}

function page(sale: Sale): Answer {
  const left = Math.max(0, sale.capacity - taken(sale, ['held', 'confirmed']));
  return { status: 200, body: { ticket_types: [...sale.prices.keys()].map((id) => ({ id, left })) } };
}

function taken(sale: Sale, states: readonly string[]): number {
  return [...sale.bookings.values()].reduce((sum, { booking }) => sum + (states.includes(booking.state) ? booking.quantity : 0), 0);
}

/** Whether this is the moment to do what the sabotage is; it happens once. */
function spoils(sale: Sale, sabotage: Sabotage): boolean {
  if (sale.sabotage !== sabotage || sale.spoilt > 0) return false;
  sale.spoilt += 1;
  return true;
}
