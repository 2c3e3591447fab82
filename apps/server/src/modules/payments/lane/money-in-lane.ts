import { bigintArray, booleanArray, textArray, uuidArray } from '../../../platform/db/index.ts';
import type { Booking, LanePart, LanePartBatch, Owed, Transfer } from '../../sales/index.ts';
import * as sql from './write-statements.ts';

/** Who hears of what a batch is about to commit; nothing may wait for it. */
export type MoneyListener = {
  /** Something is owed to the provider. */
  owed(): void;
  /** Bookings have changed: some await their payments, some do not any more. */
  changed(eventId: string, bookings: Iterable<Booking>, nowMs: number): void;
};

/** The money of a batch, in its own transaction. */
export function buildMoneyInLane(listener: MoneyListener): LanePart {
  return {
    write: ({ state, changes, nowMs, add }) => {
      const { transfers, owed, settled, changedBookings } = changes;
      if (changedBookings.size > 0) listener.changed(state.eventId, changedBookings, nowMs);
      if (transfers.length > 0) {
        writeTransfers(transfers, { seq: state.head.transferSeq, nowMs, add });
        writeBalances(transfers, add);
      }
      if (owed.length > 0) {
        writeOwed(owed, nowMs, add);
        listener.owed();
      }
      if (settled.length > 0) {
        const ids = uuidArray(settled.map(({ owedId }) => owedId));
        add(sql.SETTLE_OWED, nowMs, ids, booleanArray(settled.map(({ isDone }) => isDone)));
      }
    },
  };
}

type Add = LanePartBatch['add'];

function writeTransfers(transfers: readonly Transfer[], { seq, nowMs, add }: { seq: number; nowMs: number; add: Add }): void {
  add(
    sql.INSERT_TRANSFERS,
    seq,
    nowMs,
    textArray(transfers.map(({ kind }) => kind)),
    uuidArray(transfers.map(({ bookingId }) => bookingId)),
    textArray(transfers.map(({ debit }) => debit)),
    textArray(transfers.map(({ credit }) => credit)),
    bigintArray(transfers.map(({ amountMinor }) => amountMinor)),
    textArray(transfers.map(({ currency }) => currency)),
  );
}

type Balance = { account: string; currency: string; debitMinor: number; creditMinor: number };

/** Sorted, so that the rows of an event are always locked in the same order. */
function writeBalances(transfers: readonly Transfer[], add: Add): void {
  const balances = sumByAccount(transfers);
  add(
    sql.MOVE_BALANCES,
    textArray(balances.map(({ account }) => account)),
    textArray(balances.map(({ currency }) => currency)),
    bigintArray(balances.map(({ debitMinor }) => debitMinor)),
    bigintArray(balances.map(({ creditMinor }) => creditMinor)),
  );
}

function sumByAccount(transfers: readonly Transfer[]): Balance[] {
  const sums = new Map<string, Balance>();
  const balanceOf = (account: string, currency: string): Balance => {
    const key = `${account} ${currency}`;
    const known = sums.get(key);
    if (known) return known;
    const fresh = { account, currency, debitMinor: 0, creditMinor: 0 };
    sums.set(key, fresh);
    return fresh;
  };
  for (const { debit, credit, amountMinor, currency } of transfers) {
    balanceOf(debit, currency).debitMinor += amountMinor;
    balanceOf(credit, currency).creditMinor += amountMinor;
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, balance]) => balance);
}

function writeOwed(owed: readonly Owed[], nowMs: number, add: Add): void {
  add(
    sql.INSERT_OWED,
    nowMs,
    uuidArray(owed.map(({ id }) => id)),
    textArray(owed.map(({ kind }) => kind)),
    uuidArray(owed.map(({ bookingId }) => bookingId)),
    textArray(owed.map(({ paymentRef }) => paymentRef)),
    bigintArray(owed.map(({ amountMinor }) => amountMinor)),
    textArray(owed.map(({ currency }) => currency)),
    textArray(owed.map(({ reason }) => reason)),
  );
}
