import type { Line } from '../../apps/server/src/modules/sales/commands.ts';
import { isOver } from '../../apps/server/src/modules/sales/event-states.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import type { Model, ModelBooking } from './model.ts';
import { objectToUse } from './objections-promo.ts';
import { objectToOwner, objectToStock, sum } from './objections-stock.ts';

/** An event that is over sells nothing more. */
export function objectToEnd({ terms }: Model): Refusal[] {
  return isOver(terms.state) ? [{ kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null }] : [];
}

/** What speaks against taking the tickets of an expired booking again. */
export function objectToReclaim(model: Model, booking: ModelBooking): Refusal[] {
  const quantities = sumByType(booking.lines);
  return [...objectToOwner(model, booking.buyerKey, quantities), ...objectToStock(model, quantities), ...objectToUse(model, booking)];
}

/** Where a tier ended within them, tickets of one type stand in several lines. */
function sumByType(lines: ModelBooking['lines']): Line[] {
  const types = [...new Set(lines.map((line) => line.ticketTypeId))];
  return types.map((ticketTypeId) => ({ ticketTypeId, quantity: sum(lines.filter((line) => line.ticketTypeId === ticketTypeId)) }));
}
