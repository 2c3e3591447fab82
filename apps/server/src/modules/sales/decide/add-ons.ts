import type { Line } from '../commands.ts';
import type { Refusal } from '../outcomes.ts';
import type { Draft } from './draft.ts';

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
