import type { Random } from './random.ts';
import type { Route, Writes } from './route.ts';
import type { World } from './world.ts';

const OWN_EVENT = '/api/v1/organizations/{id}/events/{event_id}';
const action: Writes = { 'organizations.actions': 1 };
const hall = ({ organizationId }: World): string => organizationId;
const eventId = ({ event }: World): string => event.eventId;
const myBooking = ({ bookings }: World, random: Random): string => random.pick(bookings.mine);
const nothing = (): unknown => ({});

/** Nothing of this is paid: what would change money is refused whatever is sent. */
export const paymentRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/bookings/{id}/payment', auth: 'buyer', id: myBooking, body: nothing },
  { method: 'GET', path: '/api/v1/bookings/{id}/payment', auth: 'buyer', id: myBooking },
  { method: 'POST', path: '/api/v1/bookings/{id}/refund', auth: 'buyer', id: myBooking, body: () => ({ tickets: [1] }) },
  { method: 'GET', path: '/api/v1/bookings/{id}/refund-choice', auth: 'buyer', id: myBooking },
  { method: 'PUT', path: '/api/v1/bookings/{id}/refund-choice', auth: 'buyer', id: myBooking, body: () => ({ choice: 'keep' }) },
  { method: 'GET', path: '/api/v1/events/{id}/refund-policy', auth: 'none', id: eventId },
  { method: 'GET', path: '/api/v1/events/{id}/money-audit', auth: 'none', id: eventId },
  { method: 'POST', path: '/webhooks/payments', auth: 'none', body: notification, takesAnyType: true, bodyMax: 262_144 },
  { method: 'GET', path: `${OWN_EVENT}/bookings`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/bookings/{booking_id}`, auth: 'platform', id: hall },
  { method: 'POST', path: `${OWN_EVENT}/bookings/{booking_id}/refund`, auth: 'platform', id: hall, body: refund },
  { method: 'POST', path: `${OWN_EVENT}/bookings/{booking_id}/cancel`, auth: 'platform', id: hall, body: nothing },
  {
    method: 'PUT',
    path: `${OWN_EVENT}/refund-policy`,
    auth: 'platform',
    id: hall,
    body: () => ({ until_hours_before: 24, percent: 50, keep_fees: true }),
    writes: action,
  },
  { method: 'DELETE', path: `${OWN_EVENT}/refund-policy`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/refund-runs`,
    auth: 'platform',
    id: hall,
    body: () => ({ choice: 'keep_or_refund', decide_until: '2099-01-01T00:00:00Z', default: 'keep', keep_fees: true, restock: false }),
    writes: action,
  },
  { method: 'GET', path: `${OWN_EVENT}/refund-runs`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/refund-runs/{run_id}`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/refund-runs/{run_id}/bookings`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/money-audit`, auth: 'platform', id: hall },
  { method: 'GET', path: '/api/v1/organizations/{id}/payouts', auth: 'platform', id: hall },
];

function refund(): unknown {
  return { tickets: [1, 2], amount_minor: 100, keep_fees: true, restock: false, reason: 'It rains' };
}

/** As the sandbox sends it, and unsigned. */
function notification(): unknown {
  return { id: 'ntf_1', type: 'intent.succeeded', account: 'acct_1', created_ms: 1, intent: { ref: 'pi_1', state: 'succeeded' } };
}
