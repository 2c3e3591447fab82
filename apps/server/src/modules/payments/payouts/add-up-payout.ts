/** Transfers of one kind between two accounts, added up. */
export type Sum = { kind: string; debit: string; credit: string; currency: string; amountMinor: number };

/** Where money lies. */
const PLACES = ['provider', 'cash', 'card_at_door', 'external', 'owed'] as const;
type Place = (typeof PLACES)[number];

/** What an organizer is due, in one currency. Amounts that lessen it are above zero. */
export type Payout = {
  currency: string;
  /** Without discounts. */
  salesMinor: number;
  discountsMinor: number;
  feesMinor: number;
  taxesMinor: number;
  refundsMinor: number;
  disputesMinor: number;
  liesWith: Record<Place, number>;
};

export function emptyPayout(currency: string): Payout {
  const liesWith = { provider: 0, cash: 0, card_at_door: 0, external: 0, owed: 0 };
  return { currency, salesMinor: 0, discountsMinor: 0, feesMinor: 0, taxesMinor: 0, refundsMinor: 0, disputesMinor: 0, liesWith };
}

/** sales + fees + taxes - refunds - disputes. */
export function netDueMinor({ salesMinor, feesMinor, taxesMinor, refundsMinor, disputesMinor }: Payout): number {
  return salesMinor + feesMinor + taxesMinor - refundsMinor - disputesMinor;
}

/**
 * Takes a sum of transfers into a payout. Whatever leaves or reaches an account whose money is due to the organizer, or the one for
 * what banks have taken back, changes what is due by as much; so the whole is always what the balances say.
 */
export function addUp(payout: Payout, { kind, debit, credit, amountMinor }: Sum): void {
  for (const [account, amount] of [
    [debit, amountMinor],
    [credit, -amountMinor],
  ] as const) {
    if (isPlace(account)) payout.liesWith[account] += account === 'owed' ? -amount : amount;
    else if (account === 'disputed') payout.disputesMinor += amount;
    else takeDue(payout, { kind, account, amount: -amount });
  }
}

function isPlace(account: string): account is Place {
  return PLACES.some((place) => place === account);
}

/** `amount` is what the account of sales, fees or taxes has more of than before. */
function takeDue(payout: Payout, { kind, account, amount }: { kind: string; account: string; amount: number }): void {
  if (kind === 'dispute_lost') payout.disputesMinor -= amount;
  else if (kind !== 'payment') payout.refundsMinor -= amount;
  else if (account === 'fees') payout.feesMinor += amount;
  else if (account === 'taxes') payout.taxesMinor += amount;
  else payout.salesMinor += amount;
}
