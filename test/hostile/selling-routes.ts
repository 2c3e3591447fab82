import type { Route, Writes } from './route.ts';
import type { World } from './world.ts';

const action: Writes = { 'organizations.actions': 1 };
const changed: Writes = { 'sales.ledger_commands': 1, ...action };
const hall = ({ organizationId }: World): string => organizationId;
const OWN_EVENT = '/api/v1/organizations/{id}/events/{event_id}';

/** What organizers change is the other event, so that the first stays on sale. */
export const sellingRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/organizations/{id}/events',
    auth: 'platform',
    id: hall,
    body: event,
    writes: { 'catalog.events': 1, 'sales.heads': 1, ...action },
  },
  {
    method: 'POST',
    path: `${OWN_EVENT}/duplicate`,
    auth: 'platform',
    // A house of its own, with one event, whose copies have as many rows each.
    id: ({ copied }) => copied.organizationId,
    body: () => ({ title: 'Again', starts_at: '2099-06-01T18:00:00Z', ends_at: '2099-06-01T22:00:00+02:00' }),
    writes: {
      ...{ 'catalog.events': 1, 'sales.heads': 1, 'catalog.ticket_types': 3, 'sales.ticket_types': 3, ...action },
      ...{ 'catalog.quotas': 1, 'sales.quotas': 1, 'sales.ledger_commands': 4 },
    },
  },
  { method: 'GET', path: `${OWN_EVENT}/consequences`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/sale`, auth: 'platform', id: hall },
  {
    method: 'PATCH',
    path: `${OWN_EVENT}/sale`,
    auth: 'platform',
    id: hall,
    body: () => ({ hold_seconds: 600, booking_max: 50, buyer_max: null, sales_end_at: null }),
    writes: changed,
  },
  { method: 'GET', path: `${OWN_EVENT}/ticket-types`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/ticket-types`,
    auth: 'platform',
    id: hall,
    body: ticketType,
    writes: { ...changed, 'sales.ticket_types': 1, 'catalog.ticket_types': 1 },
  },
  {
    method: 'PATCH',
    path: `${OWN_EVENT}/ticket-types/{ticket_type_id}`,
    auth: 'platform',
    id: hall,
    body: () => ({
      name: 'Renamed',
      description: 'Anew',
      price_minor: 100,
      capacity: 900_000,
      booking_min: 1,
      booking_max: 10,
      access_code: null,
    }),
    writes: changed,
  },
  {
    method: 'POST',
    path: `${OWN_EVENT}/ticket-types/{ticket_type_id}/set-aside`,
    auth: 'platform',
    id: hall,
    body: () => ({ quantity: 1 }),
    writes: changed,
  },
  { method: 'GET', path: `${OWN_EVENT}/quotas`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/quotas`,
    auth: 'platform',
    id: hall,
    body: ({ other }) => ({ name: 'A cap', capacity: 1_000_000, ticket_type_ids: [other.free, other.paid] }),
    writes: { ...changed, 'sales.quotas': 1, 'catalog.quotas': 1 },
  },
  {
    method: 'PATCH',
    path: `${OWN_EVENT}/quotas/{quota_id}`,
    auth: 'platform',
    id: hall,
    body: ({ other }) => ({ name: 'Renamed', capacity: 1_000_000, ticket_type_ids: [other.free] }),
    writes: changed,
  },
  { method: 'GET', path: `${OWN_EVENT}/promo-codes`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/promo-codes`,
    auth: 'platform',
    id: hall,
    body: (_world, random) => ({ code: random.text(12, 'ABCDEFGHJKLMNPQRSTUVWXYZ'), kind: 'percent', value: 100_000, buyer_uses_max: 1 }),
    writes: { 'sales.promo_codes': 1, ...changed },
  },
  {
    method: 'PATCH',
    path: `${OWN_EVENT}/promo-codes/{code}`,
    auth: 'platform',
    id: hall,
    body: () => ({ state: 'paused', uses_max: 100, ends_at: '2099-01-01T00:00:00Z' }),
    writes: changed,
  },
];

// Made anew each time: whoever spoils a body spoils what it holds.
const pricing = () => ({
  rounding: { mode: 'half_even', per: 'booking' },
  fees: [{ kind: 'percent', name: 'Service', rate_ppm: 50_000, on_free: false, ticket_type_ids: null }],
  taxes: [{ name: 'VAT', rate_ppm: 200_000, included: false, on_fees: true, ticket_type_ids: null }],
});

function event(): unknown {
  return {
    title: 'An event',
    summary: 'Short',
    description: 'Long',
    venue: { name: 'Hall', city: 'Vienna' },
    starts_at: '2099-05-01T18:00:00Z',
    ends_at: '2099-05-01T22:00:00+02:00',
    time_zone: 'Europe/Vienna',
    picture: '/pictures/music-rings.svg',
    currency: 'EUR',
    sale: {
      state: 'draft',
      hold_seconds: 60,
      sales_start_at: '2026-01-01T00:00:00Z',
      sales_end_at: null,
      booking_max: 5,
      buyer_max: 5,
      publish_at: null,
      pricing: pricing(),
    },
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
    tiers: [{ name: 'Early', price_minor: 800, ends_at: '2098-01-01T00:00:00Z', until_taken: 3 }],
    add_on: { ticket_type_ids: null, per_ticket: 2 },
    is_donation: false,
  };
}
