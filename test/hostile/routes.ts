import { paperRoutes } from './paper-routes.ts';
import type { Random } from './random.ts';
import { paymentRoutes } from './payment-routes.ts';
import type { Route, Writes } from './route.ts';
import { sellingRoutes } from './selling-routes.ts';
import { wordsRoutes } from './words-routes.ts';
import { doorRoutes } from './door-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';
import type { World } from './world.ts';

export type { Route, Writes } from './route.ts';

const command: Writes = { 'sales.ledger_commands': 1 };
const action: Writes = { 'organizations.actions': 1 };
const eventId = ({ event }: World): string => event.eventId;
const myBooking = ({ bookings }: World, random: Random): string => random.pick(bookings.mine);
const nothing = (): unknown => ({});
const someTickets = (): unknown => ({ ticket_numbers: [1, 2] });
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
  { method: 'POST', path: '/api/v1/bookings/{id}/offers', auth: 'buyer', id: myBooking, body: someTickets, writes: command },
  { method: 'POST', path: '/api/v1/bookings/{id}/offers/withdraw', auth: 'buyer', id: myBooking, body: someTickets, writes: command },
  { method: 'GET', path: '/api/v1/bookings/{id}/attendees', auth: 'holder', id: myBooking },
  { method: 'PUT', path: '/api/v1/bookings/{id}/attendees', auth: 'holder', id: myBooking, body: attendees },
  { method: 'GET', path: '/health/live', auth: 'none' },
  { method: 'GET', path: '/health/ready', auth: 'none' },
];

const PASSWORD = 'hostile people have passwords too';
/** Of those who are signed in. */
const PERSONS_PASSWORD = 'a long walk by the sea';
const anEmail = (random: Random): string => `${random.text(8, 'abcdefghij')}@example.org`;

const CLIENT_DATA = Buffer.from('{"type":"webauthn.get","challenge":"AAAA","origin":"http://localhost:8080"}').toString('base64url');
// Made anew each time: whoever spoils a body spoils what it holds.
const shownPasskey = () => ({
  ...{ id: 'AAAA', type: 'public-key' },
  response: { clientDataJSON: CLIENT_DATA, authenticatorData: 'AAAA', signature: 'AAAA', userHandle: 'AAAA' },
});
const newPasskey = () => ({ id: 'AAAA', type: 'public-key', response: { clientDataJSON: CLIENT_DATA, attestationObject: 'AAAA' } });

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
  { method: 'GET', path: '/api/v1/users/me/api-keys', auth: 'person' },
  {
    method: 'POST',
    path: '/api/v1/users/me/api-keys',
    auth: 'person',
    body: () => ({ name: 'A key', scopes: ['organization.read'], is_test: true, password: PERSONS_PASSWORD }),
    writes: { 'accounts.api_keys': 1 },
  },
  { method: 'DELETE', path: '/api/v1/users/me/api-keys/{id}', auth: 'person', id: () => 'key_01kjw8x9v3e8aa7m2zq5r4t6yb' },
  { method: 'POST', path: '/api/v1/sessions/passkey-challenges', auth: 'none', body: nothing },
  { method: 'POST', path: '/api/v1/sessions/passkeys', auth: 'none', body: () => ({ credential: shownPasskey() }) },
  { method: 'POST', path: '/api/v1/users/me/passkeys/challenges', auth: 'person', body: () => ({ password: PERSONS_PASSWORD }) },
  { method: 'POST', path: '/api/v1/users/me/passkeys', auth: 'person', body: () => ({ name: 'Telephone', credential: newPasskey() }) },
  { method: 'GET', path: '/api/v1/users/me/passkeys', auth: 'person' },
  { method: 'DELETE', path: '/api/v1/users/me/passkeys/{id}', auth: 'leaver', id: () => 'psk_01kjw8x9v3e8aa7m2zq5r4t6yb' },
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
  {
    method: 'PATCH',
    path: '/api/v1/organizations/{id}',
    auth: 'person',
    id: ownHouse,
    body: () => ({ name: 'Another name' }),
    writes: action,
  },
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
    writes: { 'organizations.invitations': 1, ...action },
  },
  { method: 'GET', path: '/api/v1/organizations/{id}/invitations', auth: 'person', id: ownHouse },
  { method: 'DELETE', path: '/api/v1/organizations/{id}/invitations/{invitation_id}', auth: 'person', id: ownHouse },
  { method: 'GET', path: '/api/v1/organizations/{id}/api-keys', auth: 'person', id: ownHouse },
  {
    method: 'POST',
    path: '/api/v1/organizations/{id}/api-keys',
    auth: 'person',
    id: ownHouse,
    body: () => ({ name: 'A key', scopes: ['organization.read', 'data.purge'], expires_at: '2099-01-01T00:00:00Z' }),
    writes: { 'accounts.api_keys': 1, ...action },
  },
  { method: 'DELETE', path: '/api/v1/organizations/{id}/api-keys/{key_id}', auth: 'person', id: ownHouse },
  { method: 'DELETE', path: '/api/v1/organizations/{id}/test-data', auth: 'person', id: ownHouse, writes: action },
  { method: 'GET', path: '/api/v1/organizations/{id}/actions', auth: 'person', id: ownHouse },
  { method: 'POST', path: '/api/v1/invitations/accept', auth: 'person', body: () => ({ token: 'inv_unknown' }) },
];

const buyersRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/buyer-sessions/me/bookings', auth: 'buyer' },
  { method: 'PUT', path: '/api/v1/buyer-sessions/me/contact', auth: 'buyer', body: (_world, random) => ({ email: anEmail(random) }) },
  { method: 'GET', path: '/api/v1/buyer-sessions/me/contact', auth: 'buyer' },
  { method: 'DELETE', path: '/api/v1/buyer-sessions/me/contact', auth: 'buyer' },
  { method: 'POST', path: '/api/v1/booking-links', auth: 'none', body: (_world, random) => ({ email: anEmail(random) }) },
  { method: 'POST', path: '/api/v1/booking-links/open', auth: 'none', body: () => ({ token: 'mlt_unknown' }) },
  { method: 'GET', path: '/api/v1/users/me/bookings', auth: 'person' },
  { method: 'POST', path: '/api/v1/users/me/buyer-sessions', auth: 'person', body: ({ buyer }) => ({ token: buyer }) },
  { method: 'POST', path: '/api/v1/users/me/buyer-sessions/tokens', auth: 'person', body: nothing },
  { method: 'DELETE', path: '/api/v1/users/me/buyer-sessions/{id}', auth: 'person', id: () => 'clm_01kjw8x9v3e8aa7m2zq5r4t6yb' },
];

/** For nobody in this world: operators are made at the command line. */
const operatorRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/operator/operators', auth: 'person' },
  { method: 'GET', path: '/api/v1/operator/organizations', auth: 'person' },
  { method: 'GET', path: '/api/v1/operator/payment-notices', auth: 'person' },
];

const pageRoutes: readonly Route[] = [
  { method: 'GET', path: '/', auth: 'none' },
  { method: 'GET', path: '/find-tickets', auth: 'none' },
  { method: 'GET', path: '/accept-ticket', auth: 'none' },
  { method: 'GET', path: '/bookings/{id}', auth: 'none', id: myBooking },
  { method: 'GET', path: '/tickets/{id}', auth: 'none', id: ({ tickets }, random) => random.pick(tickets) },
  { method: 'GET', path: '/events/{id}', auth: 'none', id: eventId },
  { method: 'GET', path: '/events/{id}/audit', auth: 'none', id: eventId },
  { method: 'GET', path: '/assets/{id}', auth: 'none', id: () => 'event.js' },
  { method: 'GET', path: '/pictures/{id}.svg', auth: 'none', id: () => 'night' },
  { method: 'GET', path: '/metrics', auth: 'none' },
  { method: 'GET', path: '/openapi.json', auth: 'none' },
];

const internalRoutes: readonly Route[] = [
  { method: 'POST', path: '/internal/bookings/{id}/confirm', auth: 'secret', id: myBooking, body: nothing, writes: command },
  { method: 'POST', path: '/internal/bookings/{id}/cancel', auth: 'secret', id: myBooking, body: nothing, writes: command },
];

/** Every route there is, with a request that it would accept. */
export const routes: readonly Route[] = [
  ...publicRoutes,
  ...accountRoutes,
  ...paperRoutes,
  ...organizationRoutes,
  ...sellingRoutes,
  ...buyersRoutes,
  ...operatorRoutes,
  ...wordsRoutes,
  ...ticketRoutes,
  ...paymentRoutes,
  ...doorRoutes,
  ...pageRoutes,
  ...internalRoutes,
];

/** Where a request to the route goes, with the ids that it asks for. */
export function pathOf(route: Route, world: World, random: Random): string {
  const { other, copied, words, tickets, bookings } = world;
  // People act for their own house, the platform for the hall.
  const ownEvent = route.auth === 'person' ? words.event : other.eventId;
  return route.path
    .replace('{id}', route.id?.(world, random) ?? '')
    .replace('{event_id}', route.path.endsWith('/duplicate') ? copied.eventId : ownEvent)
    .replace('{ticket_type_id}', random.pick([other.free, other.paid, other.hidden]))
    .replace('{venue_id}', words.venue)
    .replace('{ticket_id}', random.pick(tickets))
    .replace('{booking_id}', route.path.endsWith('.pdf') ? random.pick(tickets).slice(0, -3).replace('tkt', 'bkg') : bookings.others)
    .replace('{question_id}', words.question)
    .replace('{slug}', 'persons-house')
    .replace('/door-search', '/door-search?q=ada')
    .replace('{gate_id}', route.method === 'DELETE' ? 'gat_unknown' : other.gate)
    .replace('{scan_id}', '00000000-0000-4000-8000-000000000000')
    .replace('{code}', 'HALF')
    .replace('{quota_id}', other.quota)
    .replace('{booking_id}', bookings.others)
    .replace('{run_id}', 'rfr_01kjw8x9v3e8aa7m2zq5r4t6yb01kjw8x9v3e8aa7m2zq5r4t6yb')
    .replace('{key_id}', 'key_01kjw8x9v3e8aa7m2zq5r4t6yb')
    .replace('{person_id}', 'per_01kjw8x9v3e8aa7m2zq5r4t6yb')
    .replace('{invitation_id}', 'inv_01kjw8x9v3e8aa7m2zq5r4t6yb');
}

export const placeBooking = publicRoutes.find(({ path }) => path === '/api/v1/bookings')!;

function quote({ event }: World, random: Random): unknown {
  return { lines: [{ ticket_type_id: random.pick([event.free, event.paid]), quantity: 1 + random.below(3) }] };
}

function attendees(): unknown {
  return { booking: { answers: [] }, tickets: [{ number: 1, name: 'Ada Ńowak', email: 'ada@example.org', answers: [] }] };
}

function basket({ event }: World, random: Random): unknown {
  const lines = [{ ticket_type_id: event.free, quantity: 1 + random.below(3) }];
  if (random.chance(0.5)) lines.push({ ticket_type_id: event.paid, quantity: 1 });
  return { event_id: event.eventId, lines, access_code: 'NONE', confirm: false };
}

function organization(_world: World, random: Random): unknown {
  return { name: 'A house', slug: `house-${random.text(12, 'abcdefghijklmnopqrstuvwxyz')}` };
}
