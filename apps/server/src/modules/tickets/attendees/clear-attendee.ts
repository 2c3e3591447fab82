import type { Tx } from '../../../platform/db/index.ts';
import type { TicketKey } from '../../../platform/ids/index.ts';
import { deleteAttendee } from './queries/attendees.ts';

/**
 * Forgets what was said of a ticket, in the transaction that passes it on: who holds it then speaks for it. What the holder
 * before writes at the same moment counts for nothing, since it is not of who holds the ticket: no lock is waited for here, under
 * the head of a sale.
 */
export async function clearAttendee(tx: Tx, ticket: TicketKey): Promise<void> {
  await deleteAttendee(tx, ticket);
}
