import type { Audit, MoneyAudit } from '@tessera/contract';

const COLUMNS = [
  { title: 'verdict', width: 7 },
  { title: 'capacity', width: 10 },
  { title: 'held', width: 9 },
  { title: 'sold', width: 9 },
  { title: 'set aside', width: 9 },
  { title: 'bookings', width: 9 },
  { title: 'ledger', width: 10 },
] as const;

const ID_WIDTH = 30;

export function auditHeading(): string {
  return row(
    'event',
    COLUMNS.map((column) => column.title),
  );
}

/** One line with the sums of an event's ticket types, and one more for each problem. */
export function auditLines(audit: Audit): string[] {
  const sum = (field: 'capacity' | 'held' | 'sold' | 'set_aside') => audit.ticket_types.reduce((total, type) => total + type[field], 0);
  const figures = [sum('capacity'), sum('held'), sum('sold'), sum('set_aside'), audit.bookings_checked, audit.ledger_checked];
  const lines = [row(audit.event_id, [audit.verdict.toUpperCase(), ...figures.map(String)])];
  for (const problem of audit.problems) {
    lines.push(`  ${problem.code} ${problem.subject_id}: expected ${problem.expected}, found ${problem.found}. ${problem.detail}`);
  }
  const left = audit.problems_total - audit.problems.length;
  if (left > 0) lines.push(`  … and ${left} more`);
  return lines;
}

/** Nothing where no money ever moved; else one line, and one more for each problem. */
export function moneyLines({
  verdict,
  transfers_checked: transfers,
  bookings_checked: bookings,
  problems,
  problems_total: total,
}: MoneyAudit): string[] {
  if (transfers === 0 && total === 0) return [];
  const lines = [`  money ${verdict.toUpperCase()}: ${transfers} transfers of ${bookings} bookings`];
  for (const problem of problems) lines.push(`  ${problem.code} ${problem.subject_id}: ${problem.detail}`);
  if (total > problems.length) lines.push(`  … and ${total - problems.length} more`);
  return lines;
}

function row(id: string, cells: readonly string[]): string {
  return [id.padEnd(ID_WIDTH), ...cells.map((cell, index) => cell.padStart(COLUMNS[index]?.width ?? 0))].join('  ');
}
