import type { ChangeTicketTypeBody, FeeBody, PricingBody } from '@tessera/contract';
import { invalidField } from '../../platform/http/index.ts';
import type { PriceRules, Pricing } from '../sales/index.ts';
import { boundMs } from './instant.ts';
import { ticketTypeIdsOfBody } from './parse-ids.ts';

/** Fees and taxes as a body says them. A new event has no ticket types yet: then `eventId` is null. Throws REQUEST_INVALID. */
export function pricingOfBody(body: PricingBody, eventId: string | null, at: string): Pricing {
  const { rounding, fees = [], taxes = [] } = body;
  const typesOf = (texts: readonly string[] | null = null, field: string) => texts && ticketTypeIdsOfBody(texts, eventId, field);
  return {
    rounding,
    fees: fees.map((fee, index) => {
      const { name, on_free: onFree = false } = fee;
      const ticketTypeIds = typesOf(fee.ticket_type_ids, `${at}/fees/${index}/ticket_type_ids`);
      return { name, onFree, ticketTypeIds, ...amountOf(fee, `${at}/fees/${index}`) };
    }),
    taxes: taxes.map(({ name, rate_ppm: ratePpm, included, on_fees: onFees = false, ticket_type_ids: texts }, index) => ({
      ...{ name, ratePpm, included, onFees },
      ticketTypeIds: typesOf(texts, `${at}/taxes/${index}/ticket_type_ids`),
    })),
  };
}

type FeeAmount = { kind: 'percent'; ratePpm: number } | { kind: 'per_ticket' | 'per_booking'; amountMinor: number };

/** How much a fee is, in the one way that goes with its kind. */
function amountOf({ kind, rate_ppm: ratePpm, amount_minor: amountMinor }: FeeBody, at: string): FeeAmount {
  if (kind === 'percent') {
    if (amountMinor !== undefined) throw invalidField(`${at}/amount_minor`, 'does not go with a percent fee');
    if (ratePpm === undefined) throw invalidField(`${at}/rate_ppm`, 'is required for a percent fee');
    return { kind, ratePpm };
  }
  if (ratePpm !== undefined) throw invalidField(`${at}/rate_ppm`, `does not go with a ${kind} fee`);
  if (amountMinor === undefined) throw invalidField(`${at}/amount_minor`, `is required for a ${kind} fee`);
  return { kind, amountMinor };
}

/** What of a ticket type's price rules a body speaks of. Throws REQUEST_INVALID. */
export function priceRulesOfBody(
  body: ChangeTicketTypeBody,
  eventId: string,
): { [Name in keyof PriceRules]: PriceRules[Name] | undefined } {
  const { tiers, add_on: addOn } = body;
  return {
    tiers: tiers?.map(({ name, price_minor: priceMinor, ends_at: endsAt, until_taken: untilTaken = null }, index) => ({
      ...{ name, priceMinor, untilTaken },
      endsAtMs: boundMs(endsAt, `/tiers/${index}/ends_at`) ?? null,
    })),
    addOn: addOn && {
      to: addOn.ticket_type_ids && ticketTypeIdsOfBody(addOn.ticket_type_ids, eventId, '/add_on/ticket_type_ids'),
      perTicket: addOn.per_ticket,
    },
    isDonation: body.is_donation,
  };
}
