import type { ChangeTicketTypeBody, Pricing as PricingBody } from '@tessera/contract';
import { invalidField } from '../../platform/http/index.ts';
import { parseCellId } from '../../platform/ids/index.ts';
import type { PriceRules, Pricing } from '../sales/index.ts';
import { boundMs } from './instant.ts';

/** Fees and taxes as a body says them. A new event has no ticket types yet: then `eventId` is null. Throws REQUEST_INVALID. */
export function pricingOfBody(body: PricingBody, eventId: string | null, at: string): Pricing {
  const typesOf = (texts: readonly string[] | null, field: string) => texts && ticketTypeIds(texts, eventId, field);
  return {
    rounding: body.rounding,
    fees: body.fees.map((fee, index) => {
      const { name, on_free: onFree } = fee;
      const common = { name, onFree, ticketTypeIds: typesOf(fee.ticket_type_ids, `${at}/fees/${index}/ticket_type_ids`) };
      return fee.kind === 'percent'
        ? { ...common, kind: fee.kind, ratePpm: fee.rate_ppm }
        : { ...common, kind: fee.kind, amountMinor: fee.amount_minor };
    }),
    taxes: body.taxes.map(({ name, rate_ppm: ratePpm, included, on_fees: onFees, ticket_type_ids: texts }, index) => ({
      ...{ name, ratePpm, included, onFees },
      ticketTypeIds: typesOf(texts, `${at}/taxes/${index}/ticket_type_ids`),
    })),
  };
}

/** What of a ticket type's price rules a body speaks of. Throws REQUEST_INVALID. */
export function priceRulesOfBody(
  body: ChangeTicketTypeBody,
  eventId: string,
): { [Name in keyof PriceRules]: PriceRules[Name] | undefined } {
  const { tiers, add_on: addOn } = body;
  return {
    tiers: tiers?.map(({ name, price_minor: priceMinor, ends_at: endsAt, until_taken: untilTaken }, index) => ({
      ...{ name, priceMinor, untilTaken },
      endsAtMs: boundMs(endsAt, `/tiers/${index}/ends_at`) ?? null,
    })),
    addOn: addOn && {
      to: addOn.ticket_type_ids && ticketTypeIds(addOn.ticket_type_ids, eventId, '/add_on/ticket_type_ids'),
      perTicket: addOn.per_ticket,
    },
    isDonation: body.is_donation,
  };
}

/** The ids of an event's ticket types. Throws REQUEST_INVALID naming the one that is not. */
export function ticketTypeIds(texts: readonly string[], eventId: string | null, field: string): string[] {
  return texts.map((text, index) => {
    const ids = parseCellId('typ', text);
    if (ids === null || ids.eventId !== eventId) throw invalidField(`${field}/${index}`, 'must be the id of a ticket type of this event');
    return ids.id;
  });
}
