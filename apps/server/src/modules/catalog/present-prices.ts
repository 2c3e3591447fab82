import type { Pricing as PricingBody, TicketTypeAnswer } from '@tessera/contract';
import { formatCellId } from '../../platform/ids/index.ts';
import type { PriceRules, Pricing } from '../sales/index.ts';
import { presentTime } from './present-time.ts';

/** Fees and taxes in the API's words. */
export function presentPricing(eventId: string, { rounding, fees, taxes }: Pricing): PricingBody {
  return {
    rounding,
    fees: fees.map((fee) => {
      const common = { name: fee.name, on_free: fee.onFree, ticket_type_ids: presentTypes(eventId, fee.ticketTypeIds) };
      return fee.kind === 'percent'
        ? { ...common, kind: fee.kind, rate_ppm: fee.ratePpm }
        : { ...common, kind: fee.kind, amount_minor: fee.amountMinor };
    }),
    taxes: taxes.map(({ name, ratePpm, included, onFees, ticketTypeIds }) => ({
      ...{ name, included, rate_ppm: ratePpm, on_fees: onFees },
      ticket_type_ids: presentTypes(eventId, ticketTypeIds),
    })),
  };
}

/** What a ticket type's price depends on. */
export function presentRules(
  eventId: string,
  { tiers, addOn, isDonation }: PriceRules,
): Pick<TicketTypeAnswer, 'tiers' | 'add_on' | 'is_donation'> {
  return {
    tiers: tiers.map(({ name, priceMinor, endsAtMs, untilTaken }) => ({
      ...{ name, price_minor: priceMinor, until_taken: untilTaken },
      ends_at: endsAtMs === null ? null : presentTime(endsAtMs),
    })),
    add_on: addOn && { ticket_type_ids: presentTypes(eventId, addOn.to), per_ticket: addOn.perTicket },
    is_donation: isDonation,
  };
}

export function presentTypes(eventId: string, ids: readonly string[] | null): string[] | null {
  return ids?.map((id) => formatCellId('typ', eventId, id)) ?? null;
}
