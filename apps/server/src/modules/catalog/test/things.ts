import assert from 'node:assert/strict';
import type { CatalogUnderTest } from './support.ts';

const DAY_MS = 86_400_000;

/** A body that creates an event; `changes` replace fields. */
export function eventBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'An Evening',
    summary: 'One evening.',
    description: 'A whole evening.',
    venue: { name: 'The Hall', city: 'Graz' },
    starts_at: '2099-05-01T18:00:00Z',
    ends_at: '2099-05-01T21:00:00Z',
    time_zone: 'Europe/Vienna',
    currency: 'EUR',
    ...changes,
  };
}

let organizations = 0;
/** Of events that were made here, their organization. */
export const homeOf = new Map<string, string>();

/** Where an organizer finds an event that was made here. */
export function eventPath(eventId: string): string {
  return `/api/v1/organizations/${homeOf.get(eventId)}/events/${eventId}`;
}

/** The same for a ticket type, whose id carries the event's. */
export function typePath(ticketTypeId: string): string {
  return `${eventPath(`evt_${ticketTypeId.slice(4, 30)}`)}/ticket-types/${ticketTypeId}`;
}

export async function makeOrganization({ send }: CatalogUnderTest): Promise<string> {
  organizations += 1;
  const answer = await send('POST', '/api/v1/organizations', { name: 'Hall & Co', slug: `hall-${organizations}` });
  assert.equal(answer.status, 201, answer.text);
  return String(answer.body['id']);
}

/** An event on sale, in an organization of its own unless one is given. */
export async function makeEvent(under: CatalogUnderTest, changes: Record<string, unknown> = {}): Promise<string> {
  const { organizationId = await makeOrganization(under), ...words } = changes;
  const body = eventBody({ sale: { state: 'on_sale' }, ...words });
  const answer = await under.send('POST', `/api/v1/organizations/${String(organizationId)}/events`, body);
  assert.equal(answer.status, 201, answer.text);
  const eventId = String(answer.body['id']);
  homeOf.set(eventId, String(organizationId));
  return eventId;
}

export async function makeTicketType(under: CatalogUnderTest, eventId: string, changes: Record<string, unknown> = {}): Promise<string> {
  const body = { name: 'Seat', price_minor: 0, capacity: 10, ...changes };
  const answer = await under.send('POST', `${eventPath(eventId)}/ticket-types`, body);
  assert.equal(answer.status, 201, answer.text);
  return String(answer.body['id']);
}

export type Hold = { eventId: string; ticketTypeId: string; quantity: number; accessCode?: string; promoCode?: string };

/** Holds tickets for a buyer never seen before. */
export async function holdTickets(
  under: CatalogUnderTest,
  { eventId, ticketTypeId, quantity, accessCode, promoCode }: Hold,
): Promise<string> {
  const lines = [{ ticket_type_id: ticketTypeId, quantity }];
  const codes = { ...(accessCode !== undefined && { access_code: accessCode }), ...(promoCode !== undefined && { promo_code: promoCode }) };
  const body = { event_id: eventId, lines, ...codes };
  const answer = await under.send('POST', '/api/v1/bookings', body, { token: under.buyerToken() });
  assert.equal(answer.status, 201, answer.text);
  return String(answer.body['id']);
}

/** `days` after 1 January 2099, as RFC 3339. */
export function dayText(days: number): string {
  return new Date(Date.UTC(2099, 0, 1) + days * DAY_MS).toISOString();
}
