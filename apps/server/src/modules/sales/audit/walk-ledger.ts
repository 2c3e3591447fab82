import type { AuditProblem } from './audit-report.ts';
import { addProblems, type AuditRun } from './audit-run.ts';
import { readLedgerWindow, readNextSeq, type LedgerRow } from './read-ledger.ts';

export type LedgerRange = { after: number; upTo: number; withBuyers: boolean };

/**
 * Reads the ledger in windows of numbers and hands each to `visit`. The head says which numbers there must be, so
 * every one that is missing or there twice is a problem; a long gap is jumped over. The entries of one move of a booking,
 * one for each of its lines, are handed over together.
 */
export async function walkLedger(run: AuditRun, range: LedgerRange, visit: (rows: LedgerRow[]) => Promise<void>): Promise<void> {
  let after = range.after;
  while (after < range.upTo) {
    let upTo = Math.min(after + run.pageMax, range.upTo);
    const read = await readLedgerWindow(run.reader, { eventId: run.eventId, after, upTo, withBuyers: range.withBuyers });
    const rows = upTo < range.upTo ? wholeMoves(read) : read;
    if (rows.length < read.length) upTo = rows.at(-1)?.seq ?? upTo;
    if (rows.length === 0) {
      const next = await readNextSeq(run.reader, { eventId: run.eventId, after, upTo: range.upTo });
      upTo = next === null ? range.upTo : next - 1;
    }
    addProblems(run, findUneven(run.eventId, rows, { after, upTo }));
    run.ledgerChecked += rows.length;
    await visit(rows);
    after = upTo;
    await run.pause();
  }
}

/** A window may end within the last move in it: the next one begins with that. A move is never as long as a window. */
function wholeMoves(rows: LedgerRow[]): LedgerRow[] {
  const last = rows.at(-1);
  if (!last || last.bookingId === null) return rows;
  const before = rows.findLastIndex((row) => row.bookingId !== last.bookingId || row.kind !== last.kind);
  return before < 0 ? rows : rows.slice(0, before + 1);
}

/** The gaps and doubles among entries that should be numbered from `after + 1` to `upTo` without any. */
export function findUneven(
  eventId: string,
  rows: readonly Pick<LedgerRow, 'seq'>[],
  range: { after: number; upTo: number },
): AuditProblem[] {
  const problems: AuditProblem[] = [];
  let next = range.after + 1;
  for (const { seq } of rows) {
    if (seq < next) problems.push(double(eventId, seq));
    if (seq > next) problems.push(gap(eventId, next, seq - 1));
    next = Math.max(next, seq + 1);
  }
  if (next <= range.upTo) problems.push(gap(eventId, next, range.upTo));
  return problems;
}

function gap(eventId: string, first: number, last: number): AuditProblem {
  const count = last - first + 1;
  const detail = `Entries ${first} to ${last} of the ledger are missing.`;
  return { code: 'ledger_gap', subject: { kind: 'event', id: eventId }, expected: String(count), found: '0', detail };
}

function double(eventId: string, seq: number): AuditProblem {
  const detail = `Entry ${seq} of the ledger is there more than once.`;
  return { code: 'ledger_double', subject: { kind: 'event', id: eventId }, expected: '1', found: '2', detail };
}
