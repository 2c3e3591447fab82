import type { Audit } from '@tessera/contract';
import { formatCellId, formatId } from '../../../platform/ids/index.ts';
import type { Stock } from '../decide/state.ts';
import type { AuditProblem, AuditReport, AuditSubject } from './audit-report.ts';

/** A report as the API shows it. */
export function presentAudit(report: AuditReport): Audit {
  return {
    event_id: formatId('evt', report.eventId),
    verdict: report.verdict,
    checked_at: new Date(report.checkedAtMs).toISOString(),
    ledger_seq: report.ledgerSeq,
    mode: report.mode,
    ticket_types: report.ticketTypes.map((type) => ({
      id: formatCellId('typ', report.eventId, type.id),
      ...presentStock(type),
      counted: presentStock(type.counted),
      // What waits for offered places stands in none of these counters: its places are sold.
      in_bookings: type.inBookings && { held: type.inBookings.held - type.taken, sold: type.inBookings.sold },
    })),
    quotas: report.quotas.map((quota) => ({
      id: formatCellId('quo', report.eventId, quota.id),
      ...presentStock(quota),
      counted: presentStock(quota.counted),
    })),
    bookings_checked: report.bookingsChecked,
    ledger_checked: report.ledgerChecked,
    problems: report.problems.map((problem) => presentProblem(report.eventId, problem)),
    problems_total: report.problemsTotal,
  };
}

function presentStock(stock: Stock): { capacity: number; held: number; sold: number; set_aside: number } {
  return { capacity: stock.capacity, held: stock.held, sold: stock.sold, set_aside: stock.setAside };
}

function presentProblem(eventId: string, problem: AuditProblem): Audit['problems'][number] {
  const { code, expected, found, detail } = problem;
  return { code, subject_id: presentSubject(eventId, problem.subject), expected, found, detail };
}

function presentSubject(eventId: string, subject: AuditSubject): string {
  switch (subject.kind) {
    case 'ticket_type':
      return formatCellId('typ', eventId, subject.id);
    case 'quota':
      return formatCellId('quo', eventId, subject.id);
    case 'booking':
      return formatCellId('bkg', eventId, subject.id);
    // The audit is public, buyers and promo codes are not: their names stay in the log.
    case 'buyer':
    case 'promo_code':
    case 'event':
      return formatId('evt', eventId);
  }
}
