import { deletePage, type Tx } from '../../platform/db/index.ts';

/** Every table of this module but the heads. */
const TABLES = [
  'sales.offers',
  'sales.bookings',
  'sales.buyer_totals',
  'sales.ledger',
  'sales.ledger_commands',
  'sales.audit_sums',
  'sales.audit_checkpoints',
  'sales.quota_ticket_types',
  'sales.promo_uses',
  'sales.promo_codes',
  'sales.quotas',
  'sales.ticket_types',
];

/**
 * Deletes a page of an event's sale; false if nothing is left of it. The head goes first, under its own lock: from its commit on
 * every lane finds no such event, so nothing is written behind the pages that follow. The caller answers for which events
 * it purges, in the same transaction. Throws what PostgreSQL says if the head is not to be had soon.
 */
export async function purgeSale(tx: Tx, eventId: string): Promise<boolean> {
  await tx.query("set local lock_timeout = '500ms'");
  const heads = await tx.query('delete from sales.heads where event_id = $1 returning 1', [eventId]);
  return heads.length > 0 || deletePage(tx, TABLES, eventId);
}
