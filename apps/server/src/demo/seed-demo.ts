import { invariant } from '../platform/invariant.ts';
import {
  changeSale,
  createEvent,
  createOrganization,
  createPromoCode,
  createQuota,
  createTicketType,
  DEFAULT_SALE_TERMS,
  DEFAULT_TICKET_TYPE_TERMS,
  type Catalog,
  type EventWords,
} from '../modules/catalog/index.ts';
import type { DemoEvent, DemoTicketType } from './demo-event.ts';
import { DEMO_EVENTS, DEMO_ORGANIZATIONS } from './demo-events.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Writes the demo organizations and events and puts them on sale, through the use cases alone. Every step is keyed:
 * a seed that was broken off goes on where it stopped, and a second one changes nothing.
 */
export async function seedDemo(catalog: Catalog): Promise<void> {
  const organizationIds = new Map<string, string>();
  for (const { key, name, slug } of DEMO_ORGANIZATIONS) {
    const outcome = await createOrganization(catalog, { name, slug, idempotencyKey: `demo/${key}` });
    // Somebody else's organization has the short name, or the demo's was written by another edition: leave it alone.
    if (outcome.kind === 'organization') organizationIds.set(key, outcome.organization.id);
  }
  for (const event of DEMO_EVENTS) {
    const organizationId = organizationIds.get(event.organization);
    if (organizationId !== undefined) await seedEvent(catalog, organizationId, event);
  }
}

async function seedEvent(catalog: Catalog, organizationId: string, event: DemoEvent): Promise<void> {
  const eventId = await seedWords(catalog, organizationId, event);
  const ticketTypeIds = new Map<string, string>();
  for (const [position, type] of event.ticketTypes.entries()) {
    const ticketTypeId = await seedTicketType(catalog, { eventId, type, position, ticketTypeIds });
    if (ticketTypeId === null) return;
    ticketTypeIds.set(type.key, ticketTypeId);
  }
  for (const quota of event.quotas) if (!(await seedQuota(catalog, { eventId, quota, ticketTypeIds }))) return;
  for (const promo of event.promoCodes ?? []) if (!(await seedPromoCode(catalog, { eventId, promo, ticketTypeIds }))) return;
  const outcome = await changeSale(catalog, { eventId, changes: { state: 'on_sale' }, idempotencyKey: 'demo/on-sale' });
  invariant(isDone(outcome.kind, 'configured'), `demo sale of ${event.key}: ${outcome.kind}`);
}

/** Whether a step is done. A key used for something else is that of another edition's demo: what that one wrote stays as it is. */
function isDone(kind: string, expected: string): boolean {
  return kind === expected || kind === 'key_reused';
}

/** The event's id. Its dates differ from one start to the next, and those of the first stay. */
async function seedWords(catalog: Catalog, organizationId: string, event: DemoEvent): Promise<string> {
  const { currency, pricing = null } = event;
  const buyerMax = event.buyerMax ?? null;
  const terms = { ...DEFAULT_SALE_TERMS, holdLengthMs: event.holdMinutes * 60_000, bookingMax: event.bookingMax, buyerMax, pricing };
  const words = wordsOf(event, organizationId, catalog.clock.nowMs());
  const outcome = await createEvent(catalog, { words, currency, terms, isTest: false, idempotencyKey: `demo/${event.key}` });
  invariant(outcome.kind === 'event' || outcome.kind === 'key_reused', `demo event ${event.key}: ${outcome.kind}`);
  return outcome.eventId;
}

function wordsOf(event: DemoEvent, organizationId: string, nowMs: number): EventWords {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const startsAtMs = today + event.startsInDays * DAY_MS + event.startsAtUtcHour * HOUR_MS;
  return {
    organizationId,
    title: event.title,
    summary: event.summary,
    description: event.description,
    venueName: event.venue.name,
    venueCity: event.venue.city,
    startsAtMs,
    endsAtMs: startsAtMs + event.hours * HOUR_MS,
    timeZone: event.timeZone,
    picture: `/pictures/${event.key}.svg`,
  };
}

type Ids = ReadonlyMap<string, string>;
type SeedTicketType = { eventId: string; type: DemoTicketType; position: number; ticketTypeIds: Ids };

/** The ticket type's id, or null if another edition's demo wrote it otherwise. */
async function seedTicketType(catalog: Catalog, { eventId, type, position, ticketTypeIds: ids }: SeedTicketType): Promise<string | null> {
  const { name, description, capacity, priceMinor, buyerMax = null, accessCode = null, tiers = [] } = type;
  const addOn = type.addOn ? { to: idsOf(type.addOn.to, ids), perTicket: type.addOn.perTicket } : null;
  const terms = { ...DEFAULT_TICKET_TYPE_TERMS, position, priceMinor, buyerMax, accessCode, tiers, addOn };
  const words = { name, description };
  const outcome = await createTicketType(catalog, { eventId, words, capacity, terms, idempotencyKey: `demo/type/${type.key}` });
  invariant(isDone(outcome.kind, 'created'), `demo ticket type ${type.key}: ${outcome.kind}`);
  return outcome.kind === 'created' ? outcome.ticketTypeId : null;
}

function idsOf(keys: readonly string[], ids: Ids): string[] {
  return keys.flatMap((key) => ids.get(key) ?? []);
}

type SeedQuota = { eventId: string; quota: DemoEvent['quotas'][number]; ticketTypeIds: Ids };

async function seedQuota(catalog: Catalog, { eventId, quota, ticketTypeIds: ids }: SeedQuota): Promise<boolean> {
  const { key, name, capacity } = quota;
  const ticketTypeIds = idsOf(quota.ticketTypes, ids);
  const outcome = await createQuota(catalog, { eventId, name, capacity, ticketTypeIds, idempotencyKey: `demo/quota/${key}` });
  invariant(isDone(outcome.kind, 'created'), `demo quota ${key}: ${outcome.kind}`);
  return outcome.kind === 'created';
}

type SeedPromoCode = { eventId: string; promo: NonNullable<DemoEvent['promoCodes']>[number]; ticketTypeIds: Ids };

async function seedPromoCode(catalog: Catalog, { eventId, promo, ticketTypeIds: ids }: SeedPromoCode): Promise<boolean> {
  const { code } = promo;
  const terms = { ...promo.terms, ticketTypeIds: idsOf(promo.ticketTypes, ids) };
  const { kind } = await createPromoCode(catalog, { eventId, code, terms, idempotencyKey: `demo/promo/${code}` });
  invariant(isDone(kind, 'configured'), `demo promo code ${code}: ${kind}`);
  return kind === 'configured';
}
