import { deletePage, type Tx } from '../../platform/db/index.ts';

const TABLES = [
  'tickets.check_ins',
  'tickets.gate_counts',
  'tickets.gates',
  'tickets.desk_bookings',
  'tickets.attendees',
  'tickets.transfers',
  'tickets.tickets',
  'tickets.event_keys',
];

/**
 * Deletes a page of an event's tickets; false if none are left. The event's head is gone by then: nothing is written behind the
 * pages that follow, since lanes and all others write tickets and keys under it.
 */
export function purgeTickets(tx: Tx, eventId: string): Promise<boolean> {
  return deletePage(tx, TABLES, eventId);
}
