import { randomUUID } from 'node:crypto';
import type { Random } from './random.ts';
import type { Route, Writes } from './route.ts';
import type { World } from './world.ts';

const hall = ({ organizationId }: World): string => organizationId;
const OWN_EVENT = '/api/v1/organizations/{id}/events/{event_id}';
const NOON = '2026-11-21T12:00:00Z';
const action: Writes = { 'organizations.actions': 1 };
const sold: Writes = { 'sales.bookings': 1, 'tickets.desk_bookings': 1, ...action };

const lines = ({ other }: World, random: Random) => [{ ticket_type_id: random.pick([other.free, other.paid]), quantity: 1 }];

function scan({ other, tickets }: World, random: Random): object {
  const named = random.chance(0.5) ? { ticket_id: random.pick(tickets) } : { code: random.text(178, 'ABCDEFGHIJ0123456789$*-.:') };
  return { scan_id: randomUUID(), ...named, gate_id: random.pick([other.gate, null]), direction: random.pick(['in', 'out']) };
}

/** At the doors and the desk of the event that organizers change. */
export const doorRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `${OWN_EVENT}/check-ins`,
    auth: 'platform',
    id: hall,
    body: (world, random) => ({ ...scan(world, random), device: 'Scanner' }),
  },
  {
    method: 'POST',
    path: `${OWN_EVENT}/check-ins/bulk`,
    bodyMax: 1_048_576,
    auth: 'platform',
    id: hall,
    body: (world, random) => ({
      device: 'Scanner',
      device_now: NOON,
      scans: [{ ...scan(world, random), scanned_at: '2026-11-21T11:00:00Z' }],
    }),
  },
  { method: 'GET', path: `${OWN_EVENT}/check-ins`, auth: 'platform', id: hall },
  { method: 'POST', path: `${OWN_EVENT}/check-ins/{scan_id}/undo`, auth: 'platform', id: hall, body: () => ({ reason: 'wrong person' }) },
  { method: 'GET', path: `${OWN_EVENT}/gates`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/gates`,
    auth: 'platform',
    id: hall,
    body: ({ other }) => ({ name: 'A gate', ticket_type_ids: [other.free], opens_at: NOON, closes_at: '2099-05-01T18:00:00Z' }),
    writes: { 'tickets.gates': 1, ...action },
  },
  {
    method: 'PATCH',
    path: `${OWN_EVENT}/gates/{gate_id}`,
    auth: 'platform',
    id: hall,
    body: () => ({ name: 'North', state: 'open', ticket_type_ids: null, opens_at: null, closes_at: null }),
    writes: action,
  },
  { method: 'DELETE', path: `${OWN_EVENT}/gates/{gate_id}`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/door-counts`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/door-list`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/door-search`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/guests`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/guests`,
    auth: 'platform',
    id: hall,
    body: ({ other }) => ({ name: 'Ada', ticket_type_id: other.free, quantity: 1, stock: 'public', note: 'of the band' }),
    writes: sold,
  },
  {
    method: 'POST',
    path: `${OWN_EVENT}/box-office/sales`,
    auth: 'platform',
    id: hall,
    body: (world, random) => ({ lines: lines(world, random), tender: 'cash', stock: 'public', buyer_name: 'Ada' }),
    writes: sold,
  },
  {
    method: 'POST',
    path: `${OWN_EVENT}/complimentary`,
    auth: 'platform',
    id: hall,
    body: (world, random) => ({ lines: lines(world, random), stock: 'public', name: 'Ada', reason: 'press' }),
    writes: sold,
  },
];
