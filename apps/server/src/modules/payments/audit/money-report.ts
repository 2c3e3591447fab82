/** What an audit of money finds; amounts in minor units, written as texts for people. */
export type MoneyProblemCode =
  | 'transfer_gap'
  | 'balance_drift'
  | 'owed_drift'
  | 'booking_paid'
  | 'booking_refunded'
  | 'booking_disputed'
  | 'booking_unpaid'
  | 'booking_missing';

export type MoneyProblem = {
  code: MoneyProblemCode;
  /** An account with its currency, or the booking. */
  subject: { kind: 'event' | 'account' | 'booking'; id: string };
  expected: string;
  found: string;
  detail: string;
};

/** What stands on an account: more debited than credited is above zero. */
export type AccountBalance = { account: string; currency: string; debitMinor: number; creditMinor: number };

export type MoneyReport = {
  eventId: string;
  verdict: 'clean' | 'broken';
  checkedAtMs: number;
  transfersChecked: number;
  bookingsChecked: number;
  balances: AccountBalance[];
  /** The first that were found. */
  problems: MoneyProblem[];
  problemsTotal: number;
};

export const MONEY_PROBLEMS_MAX = 100;

/** Gathers problems, and keeps the first of them. */
export type Findings = { problems: MoneyProblem[]; total: number };

export function find(findings: Findings, ...problems: readonly MoneyProblem[]): void {
  findings.total += problems.length;
  findings.problems.push(...problems.slice(0, MONEY_PROBLEMS_MAX - findings.problems.length));
}
