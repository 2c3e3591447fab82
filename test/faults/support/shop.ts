import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { buildBuyerTokens } from '../../../apps/server/src/modules/accounts/buyer-tokens.ts';

/** An event that servers sell, by its public ids, with tickets of one type. */
export type ShopEvent = { id: string; ticketTypeId: string; organizationId: string };

/** Tickets are free unless a price is given. */
export type ShopSale = { capacity: number; priceMinor?: number; holdSeconds?: number };

/** One wish of one buyer. Sending it again is a repeat. */
export type Wish = { event: ShopEvent; token: string; key: string; quantity: number; confirm: boolean };

/** What a client knows after it has sent a wish: an answer, or that the connection was lost. */
export type Reply = { status: number; body: Readonly<Record<string, unknown>> } | null;

export type Shop = {
  /** The settings that all servers of this shop share. */
  env: Readonly<Record<string, string>>;
  makeEvent(url: string, sale: ShopSale): Promise<ShopEvent>;
  /** What callers of the organizer's side send as their token. */
  organizerToken: string;
  /** A wish of a buyer never seen before. */
  newWish(event: ShopEvent): Wish;
  place(url: string, wish: Wish): Promise<Reply>;
};

const REQUEST_MAX_MS = 20_000;
const JSON_CONTENT = { 'content-type': 'application/json' };

/** A shop whose servers come and go; the test signs the sessions of its buyers itself. */
export function openShop(): Shop {
  const serverKey = randomBytes(32);
  const secret = randomBytes(16).toString('hex');
  const tokens = buildBuyerTokens(serverKey);
  const expiresAtSeconds = Math.floor(Date.now() / 1000) + 86_400;
  const made = async (url: string, body: unknown): Promise<Record<string, unknown>> => {
    const reply = await send(url, { token: secret, key: newKey(), body });
    assert.equal(reply?.status, 201, `${url}: ${JSON.stringify(reply?.body)}`);
    return reply.body;
  };
  return {
    env: {
      TESSERA_SERVER_KEY: serverKey.toString('hex'),
      TESSERA_INTERNAL_SECRET: secret,
      LOG_LEVEL: 'error',
      HOST: '127.0.0.1',
      TESSERA_DEMO: 'false',
    },
    organizerToken: secret,
    makeEvent: async (url, { capacity, priceMinor = 0, holdSeconds }) => {
      const name = randomBytes(6).toString('hex');
      const organization = await made(`${url}/api/v1/organizations`, { name: 'Fault Hall', slug: `fault-hall-${name}` });
      const events = `${url}/api/v1/organizations/${String(organization['id'])}/events`;
      const sale = { ...EVENT.sale, ...(holdSeconds !== undefined && { hold_seconds: holdSeconds }) };
      const id = String((await made(events, { ...EVENT, sale }))['id']);
      const type = await made(`${events}/${id}/ticket-types`, { name: 'Seat', price_minor: priceMinor, capacity, booking_max: 10 });
      return { id, ticketTypeId: String(type['id']), organizationId: String(organization['id']) };
    },
    newWish: (event) => ({ event, token: tokens.issue(expiresAtSeconds), key: newKey(), quantity: 1, confirm: false }),
    place: (url, { event, token, key, quantity, confirm }) =>
      send(`${url}/api/v1/bookings`, {
        token,
        key,
        body: { event_id: event.id, lines: [{ ticket_type_id: event.ticketTypeId, quantity }], confirm },
      }),
  };
}

const EVENT = {
  title: 'A night of faults',
  venue: { name: 'Hall', city: 'Vienna' },
  starts_at: '2099-05-01T18:00:00Z',
  ends_at: '2099-05-01T22:00:00Z',
  time_zone: 'Europe/Vienna',
  currency: 'EUR',
  sale: { state: 'on_sale' },
};

export function newKey(): string {
  return randomBytes(12).toString('base64url');
}

export type Sent = { method?: 'GET' | 'POST' | 'PATCH'; token: string; key: string; body?: unknown };

/** Sends one request, once. */
export async function send(url: string, { method = 'POST', token, key, body }: Sent): Promise<Reply> {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, ...(body !== undefined && JSON_CONTENT) };
  try {
    const signal = AbortSignal.timeout(REQUEST_MAX_MS);
    const response = await fetch(url, { method, headers, signal, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  } catch {
    return null; // Nobody answered: the server, or the way to it, is gone.
  }
}

/** Whether the reply is a booking. */
export function isBooked(reply: Reply): reply is NonNullable<Reply> {
  return reply !== null && reply.status >= 200 && reply.status < 300;
}

/** Whether the reply leaves the outcome open and says so: lost, or 503 that may be sent again. */
export function isOpen(reply: Reply): boolean {
  return reply === null || (reply.status === 503 && reply.body['retryable'] === true);
}
