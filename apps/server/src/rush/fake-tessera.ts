import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { Booking } from '@tessera/contract';
import { formatCellId, formatId } from '../platform/ids/index.ts';
import type { MoneyBooks } from './check-money.ts';
import { answerPayer, answerPayment, expire, listMovements } from './fake-payments.ts';
import { leftOf, PENDING, SOLD, spoils, taken, type FakeAnswer, type FakeRequest, type Sabotage, type Sale } from './fake-sale.ts';
import { parseJson } from './parse-json.ts';

/**
 * A sale in memory for tests of the rush, with its payment provider: as honest as the real one unless a sabotage is named, and
 * with no more of it than buyers see. Holds run out when somebody looks.
 */
export type FakeTessera = { url: URL; books: MoneyBooks; close(): Promise<void> };

export async function startFakeTessera(sabotage: Sabotage | null): Promise<FakeTessera> {
  const sale: Sale = {
    ...{ sabotage, eventId: randomUUID(), capacity: 0, holdMs: 0, spoilt: 0 },
    ...{ prices: new Map(), bookings: new Map(), byKey: new Map(), movements: [] },
  };
  const server = createServer(async (message, response) => {
    const { status, body, replayed = false } = answer(sale, await readRequest(message), `http://${message.headers.host}/`);
    response.writeHead(status, { 'content-type': 'application/json', ...(replayed && { 'idempotency-replayed': 'true' }) });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const books: MoneyBooks = {
    listMovements: async (page) => listMovements(sale, page),
    reconcile: async () => ({ kind: 'report', report: { differences: [] } }),
  };
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), books, close };
}

async function readRequest(message: IncomingMessage): Promise<FakeRequest> {
  let text = '';
  for await (const chunk of message) text += String(chunk);
  const token = message.headers.authorization?.slice('Bearer '.length) ?? '';
  const body = (parseJson(text) ?? {}) as Record<string, unknown>;
  return { method: message.method ?? '', path: message.url ?? '', token, key: String(message.headers['idempotency-key']), body };
}

function answer(sale: Sale, request: FakeRequest, url: string): FakeAnswer {
  for (const own of sale.bookings.values()) {
    if (PENDING.includes(own.booking.state) && own.expiresMs < performance.now()) expire(sale, own);
  }
  const { path } = request;
  if (path.startsWith('/api/v1/organizations')) return answerOrganizer(sale, request);
  if (path.startsWith('/v1/intents/')) return answerPayer(sale, request);
  if (path === '/api/v1/buyer-sessions') return { status: 201, body: { token: randomUUID() } };
  if (path === '/api/v1/bookings') return place(sale, request);
  if (path.startsWith('/api/v1/bookings/')) return onBooking(sale, request, url);
  if (path.endsWith('/money-audit')) return moneyAudit(sale);
  return path.includes('/audit') ? audit(sale) : page(sale);
}

function answerOrganizer(sale: Sale, { method, path, body }: FakeRequest): FakeAnswer {
  const id = method !== 'POST' ? path : path.endsWith('/events') ? formatId('evt', sale.eventId) : randomUUID();
  if (path.endsWith('/events')) sale.holdMs = (body['sale'] as { hold_seconds: number }).hold_seconds * 1000;
  if (path.endsWith('/quotas')) sale.capacity = Number(body['capacity']);
  if (path.endsWith('/ticket-types')) sale.prices.set(id, Number(body['price_minor']));
  const [, typeId] = path.split('/ticket-types/');
  if (typeId !== undefined) sale.prices.set(typeId, Number(body['price_minor']));
  return { status: 200, body: { id } };
}

function place(sale: Sale, { token, key, body }: FakeRequest): FakeAnswer {
  const known = sale.bookings.get(sale.byKey.get(`${token} ${key}`) ?? '');
  if (known && !spoils(sale, 'two bookings for one key')) return { status: 200, body: known.booking, replayed: true };
  if (spoils(sale, 'fails')) return { status: 500, body: { code: 'INTERNAL' } };
  const booking = bookingOf(sale, body);
  const left = leftOf(sale);
  if (booking.quantity > left && sale.sabotage !== 'oversells') return { status: 409, body: { code: 'SALES_SOLD_OUT', left } };
  if (body['confirm'] === true && booking.total_minor > 0) return { status: 402, body: { code: 'SALES_PAYMENT_REQUIRED' } };
  if (body['confirm'] === true) booking.state = 'confirmed';
  const fresh = { intent: null, isDeaf: false };
  if (spoils(sale, 'sells in secret'))
    sale.bookings.set(randomUUID(), { booking: { ...booking, state: 'confirmed' }, token, expiresMs: 0, ...fresh });
  sale.bookings.set(booking.id, { booking, token, expiresMs: performance.now() + sale.holdMs, ...fresh });
  sale.byKey.set(`${token} ${key}`, booking.id);
  return { status: 201, body: booking };
}

function bookingOf(sale: Sale, body: Record<string, unknown>): Booking {
  const wished = body['lines'] as { ticket_type_id: string; quantity: number }[];
  const lines = wished.map((line) => ({ ...line, unit_price_minor: sale.prices.get(line.ticket_type_id) ?? 0 }));
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unit_price_minor, 0);
  const held = {
    id: formatCellId('bkg', sale.eventId, randomUUID()),
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

function onBooking(sale: Sale, request: FakeRequest, url: string): FakeAnswer {
  const [, , , , id, move] = request.path.split('/');
  const own = sale.bookings.get(id ?? '');
  if (own?.token !== request.token) return { status: 404, body: { code: 'NOT_FOUND' } };
  if (spoils(sale, 'changes a price')) own.booking = { ...own.booking, total_minor: own.booking.total_minor + 1 };
  if (move === 'payment' || move === 'tickets' || move === 'refund') return answerPayment(sale, own, request, url);
  if (move === 'extend' && own.booking.state === 'held') own.expiresMs += sale.holdMs;
  const next = ({ confirm: 'confirmed', release: 'released', extend: 'held' } as const)[move ?? ''] ?? own.booking.state;
  if (own.booking.state !== 'held' && own.booking.state !== next)
    return { status: 409, body: { code: 'SALES_WRONG_STATE', state: own.booking.state } };
  own.booking = { ...own.booking, state: next };
  return { status: 200, body: own.booking };
}

function moneyAudit({ sabotage, movements }: Sale): FakeAnswer {
  const verdict = sabotage === 'money audit finds something' ? 'broken' : 'clean';
  return { status: 200, body: { verdict, transfers_checked: movements.length, bookings_checked: 0 } };
}

function audit(sale: Sale): FakeAnswer {
  const counters = { id: 'all', capacity: sale.capacity, held: taken(sale, PENDING), sold: taken(sale, SOLD), set_aside: 0 };
  const verdict = sale.sabotage === 'audit finds something' ? 'broken' : 'clean';
  return { status: 200, body: { verdict, ticket_types: [counters], quotas: [counters] } };
}

function page(sale: Sale): FakeAnswer {
  const left = Math.max(0, leftOf(sale));
  return { status: 200, body: { ticket_types: [...sale.prices.keys()].map((id) => ({ id, left })) } };
}
