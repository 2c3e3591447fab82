import { deletePage, type Tx } from '../../platform/db/index.ts';

/** Every table of this module. */
const TABLES = [
  'payments.transfers',
  'payments.balances',
  'payments.owed',
  'payments.notices',
  'payments.policies',
  'payments.refund_run_bookings',
  'payments.refund_runs',
];

/** Deletes a page of an event's money; false if nothing is left of it. For test events alone, whose head is gone by then. */
export function purgeMoney(tx: Tx, eventId: string): Promise<boolean> {
  return deletePage(tx, TABLES, eventId);
}
