import type { Clock } from '../../../platform/clock/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import type { Sales } from '../../sales/index.ts';
import { checkPaidBookings, checkSoldBookings } from './check-bookings.ts';
import { find, type AccountBalance, type Findings, type MoneyReport } from './money-report.ts';
import { readMoneySnapshot, sumTransfers, type MoneySnapshot } from './read-money.ts';

export type MoneyAudit = { db: Db; sales: Sales; clock: Clock };

/** Some ten milliseconds: no snapshot of ours is in the way of a sale. */
const PAGE = 5_000;

/**
 * Adds the money of an event up again: transfers are dense, balances are their sums, what is owed is on the account for it, and
 * every booking says of its money what its transfers say. By pages of keys, while the event sells; each comparison is of one moment.
 */
export async function auditMoney(audit: MoneyAudit, eventId: string, pause: () => Promise<void> = async () => {}): Promise<MoneyReport> {
  const { db, sales, clock } = audit;
  const findings: Findings = { problems: [], total: 0 };
  const snapshot = await readMoneySnapshot(db, eventId);
  const { sums, count } = await addUp(db, { eventId, upTo: snapshot.lastSeq, pause });
  if (count !== snapshot.lastSeq) find(findings, gap(eventId, snapshot.lastSeq, count));
  compareBalances(findings, snapshot, sums);
  compareOwed(findings, snapshot);
  const check = { db, sales, eventId, findings, pause };
  const bookingsChecked = await checkPaidBookings(check);
  await checkSoldBookings(check);
  return {
    eventId,
    verdict: findings.total === 0 ? 'clean' : 'broken',
    checkedAtMs: clock.nowMs(),
    transfersChecked: count,
    bookingsChecked,
    balances: snapshot.balances,
    problems: findings.problems,
    problemsTotal: findings.total,
  };
}

type Sums = Map<string, AccountBalance>;
type AddUp = { eventId: string; upTo: number; pause(): Promise<void> };

/** Numbers are unique: so many from one to the last are all of them. */
async function addUp(db: Db, { eventId, upTo, pause }: AddUp): Promise<{ sums: Sums; count: number }> {
  const sums: Sums = new Map();
  let count = 0;
  for (let after = 0; after < upTo; after += PAGE) {
    const page = await sumTransfers(db, { eventId, after, upTo: Math.min(after + PAGE, upTo) });
    count += page.count;
    for (const sum of page.sums) add(sums, sum);
    await pause();
  }
  return { sums, count };
}

const keyOf = ({ account, currency }: AccountBalance): string => `${account} ${currency}`;

function add(sums: Sums, { account, currency, debitMinor, creditMinor }: AccountBalance): void {
  const key = keyOf({ account, currency, debitMinor, creditMinor });
  const sum = sums.get(key) ?? { account, currency, debitMinor: 0, creditMinor: 0 };
  sums.set(key, { account, currency, debitMinor: sum.debitMinor + debitMinor, creditMinor: sum.creditMinor + creditMinor });
}

function compareBalances(findings: Findings, { balances }: MoneySnapshot, sums: Sums): void {
  const found = new Map(balances.map((balance) => [keyOf(balance), balance]));
  for (const key of new Set([...sums.keys(), ...found.keys()])) {
    const [expected, is] = [textOf(sums.get(key)), textOf(found.get(key))];
    if (expected === is) continue;
    const detail = 'The balance is not what the transfers add up to.';
    find(findings, { code: 'balance_drift', subject: { kind: 'account', id: key }, expected, found: is, detail });
  }
}

function textOf(balance: AccountBalance | undefined): string {
  return `${balance?.debitMinor ?? 0}:${balance?.creditMinor ?? 0}`;
}

function compareOwed(findings: Findings, { balances, owed }: MoneySnapshot): void {
  const accounts = balances.filter(({ account }) => account === 'owed');
  const onAccount = new Map(accounts.map(({ currency, debitMinor, creditMinor }) => [currency, creditMinor - debitMinor]));
  for (const currency of new Set([...owed.keys(), ...onAccount.keys()])) {
    const [expected, found] = [owed.get(currency) ?? 0, onAccount.get(currency) ?? 0];
    if (expected === found) continue;
    const detail = 'What is owed to buyers is not on the account for it.';
    const subject = { kind: 'account', id: `owed ${currency}` } as const;
    find(findings, { code: 'owed_drift', subject, expected: String(expected), found: String(found), detail });
  }
}

function gap(eventId: string, expected: number, found: number) {
  const detail = 'Transfers are missing between the first and the last.';
  return {
    code: 'transfer_gap',
    subject: { kind: 'event', id: eventId },
    expected: String(expected),
    found: String(found),
    detail,
  } as const;
}
