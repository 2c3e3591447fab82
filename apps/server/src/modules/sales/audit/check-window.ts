import type { AuditProblem } from './audit-report.ts';
import { addProblems, type AuditRun } from './audit-run.ts';
import { checkBooking, checkEntries } from './check-booking.ts';
import { readBookingsById } from './read-bookings.ts';
import type { LedgerRow } from './read-ledger.ts';

/** Checks every booking that a window of the ledger names against its lines, its state and these entries. */
export async function checkBookingsOfWindow(run: AuditRun, rows: readonly LedgerRow[]): Promise<void> {
  const entriesOf = Map.groupBy(rows, (row) => row.bookingId);
  entriesOf.delete(null);
  if (entriesOf.size === 0) return;
  const ids = [...entriesOf.keys()].filter((id) => id !== null);
  const { bookings } = await readBookingsById(run.reader, run.eventId, ids);
  for (const booking of bookings) {
    addProblems(run, checkBooking(booking));
    addProblems(run, checkEntries(booking, entriesOf.get(booking.id) ?? []));
    entriesOf.delete(booking.id);
  }
  run.bookingsChecked += bookings.length;
  addProblems(
    run,
    [...entriesOf.keys()].map((id) => missing(String(id))),
  );
}

function missing(id: string): AuditProblem {
  const detail = 'The ledger names a booking that does not exist.';
  return { code: 'booking_missing', subject: { kind: 'booking', id }, expected: 'a booking', found: 'none', detail };
}
