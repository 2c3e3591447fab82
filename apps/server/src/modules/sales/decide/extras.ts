import type { Charges, Fee, Pricing, Tax } from '../prices.ts';
import { shareOf, sumOf, type Part } from './round-share.ts';
import type { BookingLine } from './state.ts';

export type FeeSum = Charges['fees'][number];
export type TaxSum = Charges['taxes'][number];

const MILLION = 1_000_000;

/** The fees of a basket, those that come to nothing left out. */
export function addUpFees(lines: readonly BookingLine[], { fees, rounding }: Pricing): FeeSum[] {
  return fees
    .map((fee) => ({
      name: fee.name,
      amountMinor: amountOf(
        fee,
        partsOf(lines, fee).filter((part) => fee.onFree || part.unitMinor > 0),
        rounding,
      ),
    }))
    .filter((fee) => fee.amountMinor > 0);
}

function amountOf(fee: Fee, parts: readonly Part[], rounding: Pricing['rounding']): number {
  switch (fee.kind) {
    case 'percent':
      return shareOf(parts, [fee.ratePpm, MILLION], rounding);
    case 'per_ticket':
      return parts.reduce((sum, part) => sum + part.quantity, 0) * fee.amountMinor;
    case 'per_booking':
      return parts.length > 0 ? fee.amountMinor : 0;
  }
}

/**
 * The taxes of a basket with its fees. A price includes the taxes that say so, `price = net × (1 + their rates)`; every
 * tax is its rate of that net. So of a price `p` a tax is `p × rate ÷ (1 + included rates)`, whether it is in `p` or
 * added to it. Included taxes together never exceed what they are included in.
 */
export function addUpTaxes(lines: readonly BookingLine[], fees: readonly FeeSum[], { taxes, rounding }: Pricing): TaxSum[] {
  const feeParts = fees.map((fee) => ({ unitMinor: fee.amountMinor, quantity: 1 }));
  const included = taxes.filter((tax) => tax.included);
  const includingLines = lines.filter((line) => included.some((tax) => bears(line, tax))).map(partOf);
  let includable = sumOf(includingLines) + (included.some((tax) => tax.onFees) ? sumOf(feeParts) : 0);
  return taxes.map((tax) => {
    const amountMinor = taxOf(tax, { lines, feeParts, taxes, rounding });
    const bounded = tax.included ? Math.min(amountMinor, includable) : amountMinor;
    if (tax.included) includable -= bounded;
    return { name: tax.name, ratePpm: tax.ratePpm, included: tax.included, amountMinor: bounded };
  });
}

type Taxed = { lines: readonly BookingLine[]; feeParts: readonly Part[]; taxes: readonly Tax[]; rounding: Pricing['rounding'] };

/** Lines under the same included rates are rounded together, so that a booking's tax is rounded once where they all are. */
function taxOf(tax: Tax, { lines, feeParts, taxes, rounding }: Taxed): number {
  const included = taxes.filter((each) => each.included);
  const partsByRate = new Map<number, Part[]>();
  const add = (part: Part, applies: (each: Tax) => boolean) => {
    if (!applies(tax)) return;
    const rate = included.reduce((sum, each) => sum + (applies(each) ? each.ratePpm : 0), MILLION);
    const parts = partsByRate.get(rate);
    if (parts) parts.push(part);
    else partsByRate.set(rate, [part]);
  };
  for (const line of lines) add(partOf(line), (each) => bears(line, each));
  for (const part of feeParts) add(part, (each) => each.onFees);
  let sum = 0;
  for (const [rate, parts] of partsByRate) sum += shareOf(parts, [tax.ratePpm, rate], rounding);
  return sum;
}

function partsOf(lines: readonly BookingLine[], of: { ticketTypeIds: readonly string[] | null }): Part[] {
  return lines.filter((line) => bears(line, of)).map(partOf);
}

function partOf({ unitPriceMinor, quantity }: BookingLine): Part {
  return { unitMinor: unitPriceMinor, quantity };
}

function bears(line: BookingLine, { ticketTypeIds }: { ticketTypeIds: readonly string[] | null }): boolean {
  return ticketTypeIds === null || ticketTypeIds.includes(line.ticketTypeId);
}
