import { formatCellId } from '../../../platform/ids/index.ts';
import { invariant } from '../../../platform/invariant.ts';
import type { EventView } from '../../catalog/index.ts';
import type { Booking } from '../../sales/index.ts';
import { formatAmount, type DocumentLocale, type ReceiptDocument, type ReceiptLine } from '../documents/index.ts';
import { PAPER_WORDS } from './paper-words.ts';
import type { MoneyMove } from './papers-context.ts';
import { receiptNumber } from './receipt-number.ts';
import { typeNameOf } from './ticket-papers.ts';

export type ReceiptPaper = {
  event: EventView;
  /** That was confirmed once. */
  booking: Booking;
  moves: readonly MoneyMove[];
  isSandboxPaid: boolean;
  locale: DocumentLocale;
};

/** What was sold, paid and given back, as it was decided. Nothing is reckoned anew but what a line comes to. */
export function receiptPaper({ event, booking, moves, isSandboxPaid, locale }: ReceiptPaper): ReceiptDocument {
  const { eventId, organization, record } = event;
  const { charges, currency, confirmedAtMs, promoCode } = booking;
  invariant(confirmedAtMs !== null, 'there are receipts of what was sold');
  const bookingRef = formatCellId('bkg', eventId, booking.id);
  const discountMinor = charges?.discountMinor ?? 0;
  return {
    kind: 'receipt',
    number: receiptNumber(bookingRef),
    issuedAtMs: confirmedAtMs,
    timeZone: record.words.timeZone,
    currency,
    organizer: { name: organization.name, imprint: imprintOf(event) },
    // Nobody is asked for a name and an address to be billed to.
    buyer: null,
    eventTitle: record.words.title,
    eventStartsAtMs: record.words.startsAtMs,
    bookingRef,
    lines: linesOf(event, booking, locale),
    discount: discountMinor === 0 ? null : { label: promoCode, amountMinor: discountMinor },
    fees: (charges?.fees ?? []).map(({ name, amountMinor }) => ({ label: name, amountMinor })),
    taxes: (charges?.taxes ?? []).map(({ name, ratePpm, amountMinor, included }) => ({
      ...{ label: name, ratePpm, amountMinor },
      isIncluded: included,
      netMinor: null,
    })),
    totalMinor: booking.totalMinor,
    payments: paymentsOf(booking, { moves, isSandboxPaid, locale }),
    refunds: refundsOf(moves, locale),
    remainingMinor: booking.paidMinor - booking.refundedMinor,
    isTest: record.isTest || isSandboxPaid,
    notes: notesOf(moves, currency, locale),
  };
}

function imprintOf({ organization: { imprint, contactEmail } }: EventView): string[] {
  const lines = (imprint ?? '').split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return contactEmail === null || lines.some((line) => line.includes(contactEmail)) ? lines : [...lines, contactEmail];
}

/** At the prices before a promo code, which stands below them. */
function linesOf(event: EventView, { lines, charges }: Booking, locale: DocumentLocale): ReceiptLine[] {
  return lines.map(({ ticketTypeId, quantity, unitPriceMinor }, index) => {
    const { listPriceMinor = unitPriceMinor, tier = null } = charges?.lines[index] ?? {};
    const name = typeNameOf(event, ticketTypeId, locale);
    return {
      title: tier === null ? name : `${name}, ${tier}`,
      quantity,
      unitPriceMinor: listPriceMinor,
      totalMinor: quantity * listPriceMinor,
    };
  });
}

type Paid = { moves: readonly MoneyMove[]; isSandboxPaid: boolean; locale: DocumentLocale };

function paymentsOf(booking: Booking, { moves, isSandboxPaid, locale }: Paid): ReceiptDocument['payments'] {
  const { paidMinor, tender, confirmedAtMs } = booking;
  if (paidMinor === 0 || tender === null) return [];
  const { sandbox, tenders } = PAPER_WORDS[locale];
  const at = moves.find(({ kind }) => kind === 'payment')?.at.getTime();
  return [{ label: isSandboxPaid ? sandbox : tenders[tender], amountMinor: paidMinor, atMs: at ?? confirmedAtMs ?? 0 }];
}

/** One decision gives back from several accounts at the same time: from what was sold, from fees, from taxes. */
function refundsOf(moves: readonly MoneyMove[], locale: DocumentLocale): ReceiptDocument['refunds'] {
  const sums = new Map<string, { label: string | null; amountMinor: number; atMs: number }>();
  for (const { kind, at, amountMinor } of moves) {
    if (kind !== 'refund' && kind !== 'dispute_lost') continue;
    const key = `${kind} ${at.getTime()}`;
    const known = sums.get(key) ?? { label: kind === 'refund' ? null : PAPER_WORDS[locale].byBank, amountMinor: 0, atMs: at.getTime() };
    sums.set(key, { ...known, amountMinor: known.amountMinor + amountMinor });
  }
  return [...sums.values()];
}

/** What stands on the account of what is owed has been decided, and has not left yet. */
function notesOf(moves: readonly MoneyMove[], currency: string, locale: DocumentLocale): string[] {
  const own = moves.filter((move) => move.currency === currency);
  const sum = (some: readonly MoneyMove[]): number => some.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const owedMinor = sum(own.filter(({ credit }) => credit === 'owed')) - sum(own.filter(({ debit }) => debit === 'owed'));
  return owedMinor > 0 ? [PAPER_WORDS[locale].onItsWay(formatAmount(owedMinor, currency, locale))] : [];
}
