import type { Line } from '../commands.ts';
import type { AddOn } from '../prices.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';

/** Why a ticket type cannot be this add-on, or null: an add-on goes with tickets, and with another add-on it could never be had. */
export function findInvalidAddOn(draft: Draft, ticketTypeId: string, addOn: AddOn | null): Refusal | null {
  if (!addOn) return null;
  const isAddOn = (id: string) => id === ticketTypeId || Boolean(draft.ticketTypes.get(id)?.terms.addOn);
  if (addOn.to?.some(isAddOn)) return { kind: 'invalid_terms', field: 'add_on/ticket_type_ids', detail: 'must name tickets, not add-ons' };
  const isNamed = [...draft.ticketTypes.values()].some(({ terms }) => terms.addOn?.to?.includes(ticketTypeId));
  return isNamed ? { kind: 'invalid_terms', field: 'add_on', detail: 'cannot be set while another add-on goes with these tickets' } : null;
}

/** The add-on of which the lines have more than goes with their tickets, or null. */
export function findAddOnLimit(draft: Draft, lines: readonly Line[]): Refusal | null {
  const addOnOf = ({ ticketTypeId }: Line) => draft.ticketTypes.get(ticketTypeId)?.terms.addOn ?? null;
  for (const line of lines) {
    const addOn = addOnOf(line);
    if (!addOn) continue;
    const tickets = lines.filter((other) => !addOnOf(other) && (addOn.to === null || addOn.to.includes(other.ticketTypeId)));
    const allowed = addOn.perTicket * tickets.reduce((sum, ticket) => sum + ticket.quantity, 0);
    if (line.quantity > allowed) return { kind: 'limit', limit: 'add_on', ticketTypeId: line.ticketTypeId, allowed };
  }
  return null;
}
