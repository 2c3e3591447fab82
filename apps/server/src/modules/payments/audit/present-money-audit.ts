import type { MoneyAudit, OwnMoneyAudit } from '@tessera/contract';
import { formatCellId, formatId } from '../../../platform/ids/index.ts';
import type { MoneyProblem, MoneyReport } from './money-report.ts';

/** For anybody: whether the money of an event adds up. What it adds up to is not theirs to know. */
export function presentMoneyAudit(report: MoneyReport): MoneyAudit {
  const problems = report.problems.map(({ code, subject, detail }) => ({ code, subject_id: subjectId(report.eventId, subject), detail }));
  return { ...audited(report), problems };
}

/** For who sells. */
export function presentOwnMoneyAudit(report: MoneyReport): OwnMoneyAudit {
  return {
    ...audited(report),
    balances: report.balances.map(({ account, currency, debitMinor, creditMinor }) => ({
      account,
      currency,
      debit_minor: debitMinor,
      credit_minor: creditMinor,
    })),
    problems: report.problems.map(({ code, subject, detail, expected, found }) => {
      return { code, subject_id: subjectId(report.eventId, subject), detail, expected, found };
    }),
  };
}

function audited({ eventId, verdict, checkedAtMs, transfersChecked, bookingsChecked, problemsTotal }: MoneyReport) {
  return {
    event_id: formatId('evt', eventId),
    verdict,
    checked_at: new Date(checkedAtMs).toISOString(),
    transfers_checked: transfersChecked,
    bookings_checked: bookingsChecked,
    problems_total: problemsTotal,
  };
}

function subjectId(eventId: string, { kind, id }: MoneyProblem['subject']): string {
  if (kind === 'booking') return formatCellId('bkg', eventId, id);
  return kind === 'event' ? formatId('evt', id) : id;
}
