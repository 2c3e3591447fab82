import type { Random } from './random.ts';
import type { Route } from './route.ts';
import type { World } from './world.ts';

const myTicket = ({ tickets }: World, random: Random): string => random.pick(tickets);
const bookingOf = (world: World, random: Random): string => myTicket(world, random).slice(0, -3).replace('tkt', 'bkg');
const hall = ({ organizationId }: World): string => organizationId;
const OWN_EVENT = '/api/v1/organizations/{id}/events/{event_id}';
const nothing = (): unknown => ({});

/** Of the event that organizers change, whose tickets a buyer has. */
export const ticketRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/bookings/{id}/tickets', auth: 'holder', id: bookingOf },
  { method: 'GET', path: '/api/v1/tickets/{id}', auth: 'holder', id: myTicket },
  { method: 'POST', path: '/api/v1/tickets/{id}/reissue', auth: 'holder', id: myTicket, body: nothing },
  {
    method: 'POST',
    path: '/api/v1/tickets/{id}/transfer',
    auth: 'holder',
    id: myTicket,
    body: (_world, random) => ({ email: `${random.text(8, 'abcdefghij')}@example.org` }),
  },
  { method: 'DELETE', path: '/api/v1/tickets/{id}/transfer', auth: 'holder', id: myTicket },
  { method: 'POST', path: '/api/v1/ticket-transfers/accept', auth: 'buyer', body: () => ({ token: 'tft_unknown' }) },
  { method: 'GET', path: '/api/v1/events/{id}/ticket-keys', auth: 'none', id: ({ event }) => event.eventId },
  { method: 'GET', path: `${OWN_EVENT}/tickets`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/tickets/{ticket_id}/reissue`,
    auth: 'platform',
    id: hall,
    body: nothing,
    writes: { 'organizations.actions': 1 },
  },
  { method: 'GET', path: `${OWN_EVENT}/attendees`, auth: 'platform', id: hall },
  { method: 'GET', path: `${OWN_EVENT}/attendees.csv`, auth: 'platform', id: hall, writes: { 'organizations.actions': 1 } },
  { method: 'PATCH', path: `${OWN_EVENT}/attendees/{ticket_id}`, auth: 'platform', id: hall, body: () => ({ name: 'Grace' }) },
  { method: 'GET', path: `${OWN_EVENT}/ticket-keys`, auth: 'platform', id: hall },
  {
    method: 'POST',
    path: `${OWN_EVENT}/ticket-keys/rotate`,
    auth: 'platform',
    id: hall,
    body: () => ({ revoke: false }),
    writes: { 'organizations.actions': 1 },
  },
];
