import type { Random } from './random.ts';
import type { Route } from './route.ts';
import type { World } from './world.ts';

const myTicket = ({ tickets }: World, random: Random): string => random.pick(tickets);
const bookingOf = (world: World, random: Random): string => myTicket(world, random).slice(0, -3).replace('tkt', 'bkg');
const hall = ({ organizationId }: World): string => organizationId;
const OWN_BOOKING = '/api/v1/organizations/{id}/events/{event_id}/bookings/{booking_id}';

/** What is printed; of the event that organizers change, whose tickets a buyer has. */
export const paperRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/v1/bookings/{id}/tickets.pdf', auth: 'holder', id: bookingOf },
  { method: 'GET', path: '/api/v1/tickets/{id}/pdf', auth: 'holder', id: myTicket },
  { method: 'GET', path: '/api/v1/bookings/{id}/receipt.pdf', auth: 'holder', id: bookingOf },
  { method: 'GET', path: '/api/v1/bookings/{id}/calendar.ics', auth: 'holder', id: bookingOf },
  { method: 'GET', path: '/api/v1/events/{id}/calendar.ics', auth: 'none', id: ({ event }) => event.eventId },
  { method: 'GET', path: `${OWN_BOOKING}/tickets.pdf`, auth: 'platform', id: hall, writes: { 'organizations.actions': 1 } },
  { method: 'GET', path: `${OWN_BOOKING}/receipt.pdf`, auth: 'platform', id: hall },
];
