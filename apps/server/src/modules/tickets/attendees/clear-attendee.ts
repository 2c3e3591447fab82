import type { Tx } from '../../../platform/db/index.ts';
import type { TicketKey } from '../../../platform/ids/index.ts';
import { deleteAttendee, lockAttendees } from './queries/attendees.ts';

/**
 * Forgets what was said of a ticket, in the transaction that passes it on: who holds it then speaks for it. What the holder
 * before writes at the same moment counts for nothing either, since it is not of who holds the ticket.
 */
export async function clearAttendee(tx: Tx, ticket: TicketKey): Promise<void> {
  await lockAttendees(tx, ticket);
  await deleteAttendee(tx, ticket);
}
