import type { Account, Dispute, Owed, Tender } from '../../apps/server/src/modules/sales/money.ts';

/** What a booking's buyer has paid and got back, as the notebook has it. */
export type BookingMoney = {
  paymentRef: string | null;
  tender: Tender | null;
  paidMinor: number;
  refundedMinor: number;
  /** Of that, from fees and taxes. */
  refundedExtraMinor: number;
  disputedMinor: number;
  dispute: Dispute | null;
  returned: readonly number[];
};

export const NOTHING_PAID: BookingMoney = {
  paymentRef: null,
  tender: null,
  paidMinor: 0,
  refundedMinor: 0,
  refundedExtraMinor: 0,
  disputedMinor: 0,
  dispute: null,
  returned: [],
};

export type OwedNote = Pick<Owed, 'kind' | 'bookingId' | 'amountMinor' | 'currency'> & { standing: 'open' | 'done' | 'failed' };

/** The money of an event, kept by hand: what lies where, and what is still to go back. */
export type Notebook = {
  /** `account currency` → what came in less what went out. */
  accounts: Map<string, number>;
  owed: Map<string, OwedNote>;
  transfers: number;
};

export function openNotebook(): Notebook {
  return { accounts: new Map(), owed: new Map(), transfers: 0 };
}

/** Moves money from one account to another, and counts that as one line; nothing is no line. */
export function move(notebook: Notebook, way: { from: Account; to: Account }, amountMinor: number, currency: string): void {
  if (amountMinor === 0) return;
  notebook.transfers += 1;
  add(notebook, `${way.to} ${currency}`, amountMinor);
  add(notebook, `${way.from} ${currency}`, -amountMinor);
}

function add({ accounts }: Notebook, key: string, more: number): void {
  accounts.set(key, (accounts.get(key) ?? 0) + more);
}

export function owe(notebook: Notebook, id: string, note: Omit<OwedNote, 'standing'>): void {
  notebook.owed.set(id, { ...note, standing: 'open' });
}

/** What the provider may still be asked for, in the order in which it came to be owed. */
export function openOwed({ owed }: Notebook): [string, OwedNote][] {
  return [...owed].filter(([, note]) => note.standing !== 'done');
}
