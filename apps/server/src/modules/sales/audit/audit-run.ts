import type { AuditProblem } from './audit-report.ts';
import type { KeyedReader } from '../keyed-reader.ts';

/** More would not help anyone to find the cause, and a report must stay small. */
const PROBLEMS_KEPT_MAX = 100;

/** What one audit carries from page to page. Every page is a statement of its own: no transaction stays open. */
export type AuditRun = {
  readonly reader: KeyedReader;
  readonly eventId: string;
  /** Awaited between pages, so that an audit in the background leaves the machine to the lanes. */
  readonly pause: () => Promise<void>;
  /** Rows in a page. */
  readonly pageMax: number;
  readonly problems: AuditProblem[];
  problemsTotal: number;
  bookingsChecked: number;
  ledgerChecked: number;
};

export function beginRun(of: Pick<AuditRun, 'reader' | 'eventId' | 'pause' | 'pageMax'>): AuditRun {
  const { reader, eventId, pause, pageMax } = of;
  return { reader, eventId, pause, pageMax, problems: [], problemsTotal: 0, bookingsChecked: 0, ledgerChecked: 0 };
}

export function addProblems(run: AuditRun, found: Iterable<AuditProblem>): void {
  for (const problem of found) {
    run.problemsTotal += 1;
    if (run.problems.length < PROBLEMS_KEPT_MAX) run.problems.push(problem);
  }
}
