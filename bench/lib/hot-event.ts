import { randomUUID } from 'node:crypto';
import { parseCellId, parseId } from '../../apps/server/src/platform/ids/index.ts';
import { invariant } from '../../apps/server/src/platform/invariant.ts';
import { Unmeasured } from './unmeasured.ts';

export type HotEvent = {
  /** As UUIDs, for SQL. */
  eventId: string;
  ticketTypeId: string;
  capacity: number;
  /** The body of a request that books one ticket. */
  body: string;
};

export type HotEventOptions = { port: number; internalSecret: string; capacity: number };

type Created = { id: string };
type Post = (path: string, body: object) => Promise<Created>;

/** Holds outlive the bench, so that none falls due while it is counted. */
const HOLD_SECONDS = 86_400;
const BUYER_MAX = 4;

/** An event on sale with one ticket type under one quota and limits per buyer, as an organizer makes it. */
export async function createHotEvent({ port, internalSecret, capacity }: HotEventOptions): Promise<HotEvent> {
  const post: Post = (path, body) => postAsPlatform(`http://127.0.0.1:${port}/api/v1/organizations${path}`, internalSecret, body);
  const organization = await post('', { name: 'Bench', slug: `bench-${randomUUID()}` });
  const event = await post(`/${organization.id}/events`, eventWords);
  const path = `/${organization.id}/events/${event.id}`;
  const ticketType = await post(`${path}/ticket-types`, { name: 'Floor', price_minor: 4500, capacity, buyer_max: BUYER_MAX });
  await post(`${path}/quotas`, { name: 'House', capacity, ticket_type_ids: [ticketType.id] });
  const eventId = parseId('evt', event.id);
  const ids = parseCellId('typ', ticketType.id);
  invariant(eventId !== null && ids !== null, 'ids of the API are well formed');
  const body = JSON.stringify({ event_id: event.id, lines: [{ ticket_type_id: ticketType.id, quantity: 1 }] });
  return { eventId, ticketTypeId: ids.id, capacity, body };
}

const eventWords = {
  title: 'A hot event',
  venue: { name: 'Arena', city: 'Vienna' },
  starts_at: '2031-06-01T18:00:00Z',
  ends_at: '2031-06-01T22:00:00Z',
  time_zone: 'Europe/Vienna',
  currency: 'EUR',
  sale: { state: 'on_sale', hold_seconds: HOLD_SECONDS, buyer_max: BUYER_MAX },
};

async function postAsPlatform(url: string, secret: string, body: object): Promise<Created> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (response.status !== 201) throw new Unmeasured(`The event could not be made: ${response.status} ${text}`);
  return JSON.parse(text) as Created;
}
