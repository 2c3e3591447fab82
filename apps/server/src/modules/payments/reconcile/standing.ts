/** What moved for a booking at the provider, in one currency, by one side's word: ours or the provider's. */
export type Standing = { paidMinor: number; refundedMinor: number; disputedMinor: number };

/** Both sides' word for a booking in one currency. */
export type Compared = {
  eventId: string;
  bookingId: string;
  currency: string;
  ours: Standing;
  theirs: Standing;
  /** When either side last wrote anything of it. */
  lastAtMs: number;
};

export type Side = 'ours' | 'theirs';
export type Kind = keyof Standing;
export type Moved = { eventId: string; bookingId: string; currency: string; kind: Kind; amountMinor: number; atMs: number };

/** What both sides say, gathered in any order. A booking takes some hundred bytes. */
export type Ledger = Map<string, Compared>;

const NOTHING: Standing = { paidMinor: 0, refundedMinor: 0, disputedMinor: 0 };

export function take(ledger: Ledger, side: Side, { eventId, bookingId, currency, kind, amountMinor, atMs }: Moved): void {
  const key = `${eventId} ${bookingId} ${currency}`;
  const known = ledger.get(key) ?? { eventId, bookingId, currency, ours: { ...NOTHING }, theirs: { ...NOTHING }, lastAtMs: 0 };
  known[side][kind] += amountMinor;
  known.lastAtMs = Math.max(known.lastAtMs, atMs);
  ledger.set(key, known);
}

export type DifferenceKind =
  | 'payment_unknown_to_us'
  | 'payment_unknown_to_provider'
  | 'payment_differs'
  | 'refund_unknown_to_us'
  | 'refund_missing'
  | 'dispute_differs';

export type Difference = {
  kind: DifferenceKind;
  eventId: string;
  bookingId: string;
  currency: string;
  oursMinor: number;
  theirsMinor: number;
};

/** Where the sides differ. */
export function differencesOf({ eventId, bookingId, currency, ours, theirs }: Compared): Difference[] {
  const of = (kind: DifferenceKind, field: Kind): Difference => {
    return { kind, eventId, bookingId, currency, oursMinor: ours[field], theirsMinor: theirs[field] };
  };
  const found: Difference[] = [];
  if (ours.paidMinor !== theirs.paidMinor) found.push(of(paymentKind(ours.paidMinor, theirs.paidMinor), 'paidMinor'));
  if (ours.refundedMinor !== theirs.refundedMinor) {
    found.push(of(ours.refundedMinor < theirs.refundedMinor ? 'refund_unknown_to_us' : 'refund_missing', 'refundedMinor'));
  }
  if (ours.disputedMinor !== theirs.disputedMinor) found.push(of('dispute_differs', 'disputedMinor'));
  return found;
}

function paymentKind(oursMinor: number, theirsMinor: number): DifferenceKind {
  if (oursMinor === 0) return 'payment_unknown_to_us';
  return theirsMinor === 0 ? 'payment_unknown_to_provider' : 'payment_differs';
}
