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
/** Of a ticket of the plain one. */
export const HOT_PRICE_MINOR = 4_500;

/** An event on sale with one ticket type under one quota and limits per buyer, as an organizer makes it. */
export async function createHotEvent(options: HotEventOptions): Promise<HotEvent> {
  const { event, ticketType } = await createEvent(options, { price_minor: HOT_PRICE_MINOR });
  return describe(options, { event_id: event.id, lines: [{ ticket_type_id: ticketType.id, quantity: 1 }] });
}

/** An event whose doors are open, and where its scans go. */
export type DoorEvent = { eventId: string; ticketTypeId: string; path: string };

export async function createDoorEvent(options: HotEventOptions): Promise<DoorEvent> {
  const { event, ticketType, path } = await createEvent(options, { price_minor: 4500 });
  const eventId = parseId('evt', event.id);
  const type = parseCellId('typ', ticketType.id);
  invariant(eventId !== null && type !== null, 'ids of the API are well formed');
  return { eventId, ticketTypeId: type.id, path: `${new URL(path).pathname}/check-ins` };
}

const PROMO_CODE = 'EARLY';

/**
 * The same with everything that a price can depend on: three tiers, a second quota, a fee for each ticket, a tax that is
 * included, and a promo code with a limit, which every hold uses.
 */
export async function createRichEvent(options: HotEventOptions): Promise<HotEvent> {
  const { capacity } = options;
  const { event, ticketType, path, post } = await createEvent(options, { price_minor: 4500, tiers: tiersOf(capacity) });
  await post(`${path}/quotas`, { name: 'Hall', capacity, ticket_type_ids: [ticketType.id] });
  await post(`${path}/promo-codes`, { code: PROMO_CODE, kind: 'percent', value: 100_000, uses_max: capacity });
  await patchAsPlatform(`${path}/sale`, options.internalSecret, { pricing });
  return describe(options, { event_id: event.id, lines: [{ ticket_type_id: ticketType.id, quantity: 1 }], promo_code: PROMO_CODE });
}

/** The first is over at once, the second holds for a while. */
function tiersOf(capacity: number): object[] {
  return [
    { name: 'First', price_minor: 3000, ends_at: null, until_taken: 100 },
    { name: 'Second', price_minor: 3500, ends_at: null, until_taken: 20_000 },
    { name: 'Third', price_minor: 4000, ends_at: null, until_taken: capacity },
  ];
}

const pricing = {
  rounding: { mode: 'half_up', per: 'line' },
  fees: [{ kind: 'per_ticket', name: 'Service', amount_minor: 150, on_free: false, ticket_type_ids: null }],
  taxes: [{ name: 'VAT', rate_ppm: 130_000, included: true, on_fees: true, ticket_type_ids: null }],
};

type CreatedEvent = { event: Created; ticketType: Created; path: string; post: Post };

async function createEvent({ port, internalSecret, capacity }: HotEventOptions, terms: object): Promise<CreatedEvent> {
  const root = `http://127.0.0.1:${port}/api/v1/organizations`;
  const post: Post = (url, body) => postAsPlatform(url, internalSecret, body);
  const organization = await post(root, { name: 'Bench', slug: `bench-${randomUUID()}` });
  const event = await post(`${root}/${organization.id}/events`, eventWords);
  const path = `${root}/${organization.id}/events/${event.id}`;
  const ticketType = await post(`${path}/ticket-types`, { name: 'Floor', capacity, buyer_max: BUYER_MAX, ...terms });
  await post(`${path}/quotas`, { name: 'House', capacity, ticket_type_ids: [ticketType.id] });
  return { event, ticketType, path, post };
}

type Wish = { event_id: string; lines: readonly { ticket_type_id: string; quantity: number }[]; promo_code?: string };

function describe({ capacity }: HotEventOptions, wish: Wish): HotEvent {
  const eventId = parseId('evt', wish.event_id);
  const ids = parseCellId('typ', wish.lines[0]?.ticket_type_id ?? '');
  invariant(eventId !== null && ids !== null, 'ids of the API are well formed');
  return { eventId, ticketTypeId: ids.id, capacity, body: JSON.stringify(wish) };
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
  return JSON.parse(await sendAsPlatform(url, secret, { method: 'POST', body })) as Created;
}

async function patchAsPlatform(url: string, secret: string, body: object): Promise<void> {
  await sendAsPlatform(url, secret, { method: 'PATCH', body });
}

async function sendAsPlatform(url: string, secret: string, { method, body }: { method: string; body: object }): Promise<string> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Unmeasured(`The event could not be made: ${response.status} ${text}`);
  return text;
}
