import type { AuditProblem } from './audit-report.ts';
import { belongingOf } from './ledger-moves.ts';
import type { LedgerRow } from './read-ledger.ts';
import { addStock, type StockSums } from './stock-sums.ts';

/** Adds entries to the sums of what they name; answers those that name nothing sensible. */
export function sumLedger(sums: StockSums, eventId: string, rows: readonly LedgerRow[]): AuditProblem[] {
  const problems: AuditProblem[] = [];
  for (const row of rows) {
    const subjectId = row.ticketTypeId ?? row.quotaId;
    if (subjectId !== null) addStock(sums, subjectId, row);
    if (!isValid(row)) problems.push(invalid(eventId, row));
  }
  return problems;
}

function isValid(row: LedgerRow): boolean {
  if ((row.ticketTypeId === null) === (row.quotaId === null)) return false;
  return belongingOf(row.kind) === (row.bookingId === null ? 'no_booking' : 'booking');
}

function invalid(eventId: string, row: LedgerRow): AuditProblem {
  const detail = `Entry ${row.seq} of the ledger must name one ticket type or quota, and a booking exactly if its kind moves one.`;
  return { code: 'ledger_row_invalid', subject: { kind: 'event', id: eventId }, expected: 'a valid entry', found: row.kind, detail };
}
