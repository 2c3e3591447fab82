import type { Random } from './random.ts';
import type { World } from './world.ts';

/** A row that an accepted request writes: a table, and how many. */
export type Writes = Readonly<Record<string, number>>;

export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As in the OpenAPI document; `{id}` is filled by `id`. */
  path: string;
  /** `leaver` is a person whose sessions may end. */
  auth: 'buyer' | 'secret' | 'person' | 'leaver' | 'none';
  id?(world: World, random: Random): string;
  /** A body that would be accepted; null where the route takes none. */
  body?(world: World, random: Random): unknown;
  /** What an accepted request writes that is no repeat. */
  writes?: Writes;
};

const command: Writes = { 'sales.ledger_commands': 1 };
const eventId = ({ event }: World): string => event.eventId;
// What organizers change is the other event, so that the first stays on sale.
const otherId = ({ other }: World): string => other.eventId;
const otherType = ({ other }: World, random: Random): string => random.pick([other.free, other.paid, other.hidden]);
const myBooking = ({ bookings }: World, random: Random): string => random.pick(bookings.mine);
const nothing = (): unknown => ({});
const ownHouse = ({ house }: World): string => house;

const publicRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/buyer-sessions', auth: 'none', body: nothing },
  { method: 'GET', path: '/api/v1/events', auth: 'none' },
  { method: 'GET', path: '/api/v1/events/{id}', auth: 'none', id: eventId },
  { method: 'GET', path: '/api/v1/events/{id}/audit', auth: 'none', id: eventId },
  { method: 'POST', path: '/api/v1/events/{id}/quotes', auth: 'none', id: eventId, body: quote },
  { method: 'POST', path: '/api/v1/bookings', auth: 'buyer', body: basket, writes: { 'sales.bookings': 1 } },
  { method: 'GET', path: '/api/v1/bookings/{id}', auth: 'buyer', id: myBooking },
  { method: 'POST', path: '/api/v1/bookings/{id}/extend', auth: 'buyer', id: myBooking, body: () => ({ seconds: 60 }), writes: command },
  { method: 'POST', path: '/api/v1/bookings/{id}/release', auth: 'buyer', id: myBooking, body: nothing, writes: command },
  { method: 'POST', path: '/api/v1/bookings/{id}/confirm', auth: 'buyer', id: myBooking, body: nothing, writes: command },
  { method: 'POST', path: '/api/v1/bookings/{id}/cancel', auth: 'buyer', id: myBooking, body: nothing, writes: command },
  { method: 'GET', path: '/health/live', auth: 'none' },
  { method: 'GET', path: '/health/ready', auth: 'none' },
];

const PASSWORD = 'hostile people have passwords too';
/** Of those who are signed in. */
const PERSONS_PASSWORD = 'a long walk by the sea';
const anEmail = (random: Random): string => `${random.text(8, 'abcdefghij')}@example.org`;

const accountRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/sign-ups',
    auth: 'none',
    body: (_world, random) => ({ email: anEmail(random), password: PASSWORD, name: 'Somebody' }),
  },
  { method: 'POST', path: '/api/v1/sign-ups/verify', auth: 'none', body: () => ({ token: 'mlt_unknown', password: PASSWORD }) },
  {
    method: 'POST',
    path: '/api/v1/sessions',
    auth: 'none',
    body: (_world, random) => ({ email: anEmail(random), password: PASSWORD }),
  },
  { method: 'POST', path: '/api/v1/sessions/refresh', auth: 'none', body: () => ({ refresh_token: 'rft_unknown' }) },
  { method: 'POST', path: '/api/v1/password-resets', auth: 'none', body: (_world, random) => ({ email: anEmail(random) }) },
  { method: 'POST', path: '/api/v1/password-resets/confirm', auth: 'none', body: () => ({ token: 'mlt_unknown', password: PASSWORD }) },
  { method: 'GET', path: '/api/v1/users/me', auth: 'person' },
  { method: 'PATCH', path: '/api/v1/users/me', auth: 'person', body: () => ({ name: 'Somebody else' }) },
  { method: 'GET', path: '/api/v1/users/me/sessions', auth: 'person' },
  { method: 'DELETE', path: '/api/v1/users/me/sessions', auth: 'leaver' },
  { method: 'DELETE', path: '/api/v1/users/me/sessions/{id}', auth: 'person', id: () => 'ses_01kjw8x9v3e8aa7m2zq5r4t6yb' },
  { method: 'POST', path: '/api/v1/users/me/second-factor', auth: 'person', body: () => ({ password: PERSONS_PASSWORD }) },
  { method: 'POST', path: '/api/v1/users/me/second-factor/confirm', auth: 'person', body: () => ({ code: '000000' }) },
  { method: 'DELETE', path: '/api/v1/users/me/second-factor', auth: 'leaver' },
];

/** The person is an owner of the world's own house; the leaver is no member of any. */
const organizationRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/organizations',
    auth: 'person',
    body: organization,
    writes: { 'catalog.organizations': 1, 'organizations.members': 1 },
  },
  { method: 'GET', path: '/api/v1/organizations', auth: 'person' },
  { method: 'GET', path: '/api/v1/organizations/{id}', auth: 'person', id: ownHouse },
  { method: 'PATCH', path: '/api/v1/organizations/{id}', auth: 'person', id: ownHouse, body: () => ({ name: 'Another name' }) },
  { method: 'GET', path: '/api/v1/organizations/{id}/members', auth: 'person', id: ownHouse },
  {
    method: 'PATCH',
    path: '/api/v1/organizations/{id}/members/{person_id}',
    auth: 'person',
    id: ownHouse,
    body: () => ({ role: 'manager' }),
  },
  { method: 'DELETE', path: '/api/v1/organizations/{id}/members/{person_id}', auth: 'person', id: ownHouse },
  {
    method: 'POST',
    path: '/api/v1/organizations/{id}/invitations',
    auth: 'person',
    id: ownHouse,
    body: (_world, random) => ({ email: anEmail(random), role: 'scanner' }),
    writes: { 'organizations.invitations': 1 },
  },
  { method: 'GET', path: '/api/v1/organizations/{id}/invitations', auth: 'person', id: ownHouse },
  { method: 'DELETE', path: '/api/v1/organizations/{id}/invitations/{invitation_id}', auth: 'person', id: ownHouse },
  { method: 'GET', path: '/api/v1/organizations/{id}/actions', auth: 'person', id: ownHouse },
  { method: 'POST', path: '/api/v1/invitations/accept', auth: 'person', body: () => ({ token: 'inv_unknown' }) },
];

const pageRoutes: readonly Route[] = [
  { method: 'GET', path: '/', auth: 'none' },
  { method: 'GET', path: '/events/{id}', auth: 'none', id: eventId },
  { method: 'GET', path: '/events/{id}/audit', auth: 'none', id: eventId },
  { method: 'GET', path: '/assets/{id}', auth: 'none', id: () => 'event.js' },
  { method: 'GET', path: '/pictures/{id}.svg', auth: 'none', id: () => 'night' },
  { method: 'GET', path: '/metrics', auth: 'none' },
  { method: 'GET', path: '/openapi.json', auth: 'none' },
];

const internalRoutes: readonly Route[] = [
  { method: 'POST', path: '/internal/organizations', auth: 'secret', body: organization, writes: { 'catalog.organizations': 1 } },
  { method: 'POST', path: '/internal/events', auth: 'secret', body: event, writes: { 'catalog.events': 1, 'sales.heads': 1 } },
  {
    method: 'PATCH',
    path: '/internal/events/{id}/sale',
    auth: 'secret',
    id: otherId,
    body: () => ({ hold_seconds: 600, booking_max: 50, buyer_max: null, sales_end_at: null }),
    writes: command,
  },
  {
    method: 'POST',
    path: '/internal/events/{id}/ticket-types',
    auth: 'secret',
    id: otherId,
    body: ticketType,
    writes: { ...command, 'sales.ticket_types': 1, 'catalog.ticket_types': 1 },
  },
  {
    method: 'PATCH',
    path: '/internal/ticket-types/{id}',
    auth: 'secret',
    id: otherType,
    body: () => ({ price_minor: 100, capacity: 900_000, booking_min: 1, booking_max: 10, access_code: null }),
    writes: command,
  },
  {
    method: 'POST',
    path: '/internal/ticket-types/{id}/set-aside',
    auth: 'secret',
    id: otherType,
    body: () => ({ quantity: 1 }),
    writes: command,
  },
  {
    method: 'POST',
    path: '/internal/events/{id}/quotas',
    auth: 'secret',
    id: otherId,
    body: ({ other }) => ({ name: 'A cap', capacity: 1_000_000, ticket_type_ids: [other.free, other.paid] }),
    writes: { ...command, 'sales.quotas': 1, 'catalog.quotas': 1 },
  },
  {
    method: 'PATCH',
    path: '/internal/quotas/{id}',
    auth: 'secret',
    id: ({ other }) => other.quota,
    body: ({ other }) => ({ capacity: 1_000_000, ticket_type_ids: [other.free] }),
    writes: command,
  },
  { method: 'POST', path: '/internal/bookings/{id}/confirm', auth: 'secret', id: myBooking, body: nothing, writes: command },
  { method: 'POST', path: '/internal/bookings/{id}/cancel', auth: 'secret', id: myBooking, body: nothing, writes: command },
];

/** Every route there is, with a request that it would accept. */
export const routes: readonly Route[] = [...publicRoutes, ...accountRoutes, ...organizationRoutes, ...pageRoutes, ...internalRoutes];

export const placeBooking = publicRoutes[4]!;

function quote({ event }: World, random: Random): unknown {
  return { lines: [{ ticket_type_id: random.pick([event.free, event.paid]), quantity: 1 + random.below(3) }] };
}

function basket({ event }: World, random: Random): unknown {
  const lines = [{ ticket_type_id: event.free, quantity: 1 + random.below(3) }];
  if (random.chance(0.5)) lines.push({ ticket_type_id: event.paid, quantity: 1 });
  return { event_id: event.eventId, lines, access_code: 'NONE', confirm: false };
}

function organization(_world: World, random: Random): unknown {
  return { name: 'A house', slug: `house-${random.text(12, 'abcdefghijklmnopqrstuvwxyz')}` };
}

function event({ organizationId }: World): unknown {
  return {
    organization_id: organizationId,
    title: 'An event',
    summary: 'Short',
    description: 'Long',
    venue: { name: 'Hall', city: 'Vienna' },
    starts_at: '2099-05-01T18:00:00Z',
    ends_at: '2099-05-01T22:00:00+02:00',
    time_zone: 'Europe/Vienna',
    picture: '/pictures/night.svg',
    currency: 'EUR',
    sale: { state: 'draft', hold_seconds: 60, sales_start_at: '2026-01-01T00:00:00Z', sales_end_at: null, booking_max: 5, buyer_max: 5 },
  };
}

function ticketType(): unknown {
  return {
    name: 'A ticket',
    description: '',
    price_minor: 1000,
    capacity: 10,
    state: 'on_sale',
    position: 1,
    sales_start_at: null,
    sales_end_at: '2099-01-01T00:00:00Z',
    booking_min: 1,
    booking_max: 4,
    buyer_max: 4,
    access_code: 'CODE',
  };
}
