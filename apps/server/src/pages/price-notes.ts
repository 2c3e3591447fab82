import type { EventDetail, EventTicketType } from '@tessera/contract';
import { countText, dateText, priceText } from './format.ts';

/** What a buyer must know of a ticket type's price beyond the number: what comes next, whose choice it is, what it goes with. */
export function priceNotes(type: EventTicketType, event: EventDetail): string[] {
  return [tierNote(type, event.time_zone), donationNote(type), addOnNote(type, event), limitNote(type)].filter((note) => note !== null);
}

/** Whether the price that is shown has something in it that the type's own has not. */
export function hasExtras({ to_pay_minor: toPay, price_minor: price }: EventTicketType): boolean {
  return toPay !== price;
}

function tierNote(type: EventTicketType, timeZone: string): string | null {
  const { tier, tiers, currency, full_price_minor: fullPrice } = type;
  const index = tiers.findIndex(({ name }) => name === tier);
  const current = tiers[index];
  if (!current) return null;
  const ends = [
    ...(current.until_taken === null ? [] : [`until ${countText(current.until_taken)} tickets are taken`]),
    ...(current.ends_at === null ? [] : [`until ${dateText(current.ends_at, timeZone)}`]),
  ].join(', and at the latest ');
  const then = priceText(tiers[index + 1]?.price_minor ?? fullPrice, currency);
  return `${current.name} ${ends}; then ${then}${hasExtras(type) ? ' plus fees and added taxes' : ''}.`;
}

function donationNote({ is_donation: isDonation, price_minor: least, currency }: EventTicketType): string | null {
  if (!isDonation) return null;
  return least === 0 ? 'Give what you like.' : `Give what you like, ${priceText(least, currency)} or more.`;
}

function limitNote({ buyer_max: most }: EventTicketType): string | null {
  return most === null ? null : `At most ${countText(most)} for each buyer.`;
}

function addOnNote({ add_on: addOn }: EventTicketType, event: EventDetail): string | null {
  if (addOn === null) return null;
  const names = event.ticket_types.filter(({ id }) => addOn.ticket_type_ids?.includes(id)).map(({ name }) => name);
  const withWhat = names.length === 0 ? 'another ticket' : names.map((name) => `“${name}”`).join(' or ');
  return `Only with ${withWhat}, ${countText(addOn.per_ticket)} for each at most.`;
}
