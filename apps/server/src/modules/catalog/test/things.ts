import assert from 'node:assert/strict';
import type { CatalogUnderTest } from './support.ts';

const DAY_MS = 86_400_000;

/** A body that creates an event of the organization; `changes` replace fields. */
export function eventBody(organizationId: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    organization_id: organizationId,
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

export async function makeOrganization({ send }: CatalogUnderTest): Promise<string> {
  organizations += 1;
  const answer = await send('POST', '/internal/organizations', { name: 'Hall & Co', slug: `hall-${organizations}` });
  assert.equal(answer.status, 201, answer.text);
  return String(answer.body['id']);
}

/** An event on sale, in an organization of its own unless one is given. */
export async function makeEvent(under: CatalogUnderTest, changes: Record<string, unknown> = {}): Promise<string> {
  const organizationId = String(changes['organization_id'] ?? (await makeOrganization(under)));
  const answer = await under.send('POST', '/internal/events', eventBody(organizationId, { sale: { state: 'on_sale' }, ...changes }));
  assert.equal(answer.status, 201, answer.text);
  return String(answer.body['id']);
}

export async function makeTicketType(under: CatalogUnderTest, eventId: string, changes: Record<string, unknown> = {}): Promise<string> {
  const body = { name: 'Seat', price_minor: 0, capacity: 10, ...changes };
  const answer = await under.send('POST', `/internal/events/${eventId}/ticket-types`, body);
  assert.equal(answer.status, 201, answer.text);
  return String(answer.body['id']);
}

export type Hold = { eventId: string; ticketTypeId: string; quantity: number; accessCode?: string };

/** Holds tickets for a buyer never seen before. */
export async function holdTickets(under: CatalogUnderTest, { eventId, ticketTypeId, quantity, accessCode }: Hold): Promise<string> {
  const lines = [{ ticket_type_id: ticketTypeId, quantity }];
  const body = { event_id: eventId, lines, ...(accessCode !== undefined && { access_code: accessCode }) };
  const answer = await under.send('POST', '/api/v1/bookings', body, { token: under.buyerToken() });
  assert.equal(answer.status, 201, answer.text);
  return String(answer.body['id']);
}

/** `days` after 1 January 2099, as RFC 3339. */
export function dayText(days: number): string {
  return new Date(Date.UTC(2099, 0, 1) + days * DAY_MS).toISOString();
}
