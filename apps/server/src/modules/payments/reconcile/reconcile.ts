import type { PaymentProvider } from '../../../engines/payments/index.ts';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import { countOpen } from '../queries/owed.ts';
import { readOurs } from './read-ours.ts';
import { readTheirs } from './read-theirs.ts';
import { differencesOf, take, type Difference, type Ledger } from './standing.ts';

export type Reconcile = { db: Db; provider: Pick<PaymentProvider, 'listMovements'>; clock: Clock };

export type Reconciliation = {
  checkedAtMs: number;
  /** What either side says, in bookings and currencies. */
  bookings: number;
  ours: number;
  theirs: number;
  differences: Difference[];
  /** What differs and moved a moment ago: the other side may only not have heard yet. */
  recent: number;
  /** What is owed to the provider and not done, and of that what has been for longer than an hour. */
  owed: { open: number; old: number };
};

const HOUR_MS = 3_600_000;

/**
 * Compares all that moved at the provider, by the provider's word and by ours, booking by booking. What differs and moved within
 * `graceMs` is counted, and not called a difference. Keeps both sides' sums in memory: some hundred bytes a booking.
 */
export async function reconcile({ db, provider, clock }: Reconcile, { graceMs }: { graceMs: number }): Promise<Reconciliation> {
  const ledger: Ledger = new Map();
  const checkedAtMs = clock.nowMs();
  let [ours, theirs, recent] = [0, 0, 0];
  for await (const moved of readTheirs(provider)) {
    take(ledger, 'theirs', moved);
    theirs += 1;
  }
  for await (const moved of readOurs(db)) {
    take(ledger, 'ours', moved);
    ours += 1;
  }
  const differences: Difference[] = [];
  for (const compared of ledger.values()) {
    const found = differencesOf(compared);
    if (found.length > 0 && compared.lastAtMs > checkedAtMs - graceMs) recent += 1;
    else differences.push(...found);
  }
  return { checkedAtMs, bookings: ledger.size, ours, theirs, differences, recent, owed: await countOpen(db, HOUR_MS) };
}
