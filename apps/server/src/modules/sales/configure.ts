import { invariant } from '../../platform/invariant.ts';
import type { ConfigureCommand } from './commands.ts';
import type { Sales } from './context.ts';
import type { ConfiguredOutcome, Refusal } from './outcomes.ts';

/**
 * Changes what is sold and how: states, windows, prices, limits, capacities, quotas, what is set aside. It goes through
 * the event's lane like every change of stock. Rejects as `Lanes.submit` does.
 */
export async function configure(sales: Sales, eventId: string, command: ConfigureCommand): Promise<ConfiguredOutcome | Refusal> {
  const outcome = await sales.lanes.submit(eventId, command);
  invariant(outcome.kind !== 'booking' && outcome.kind !== 'expired', 'an organizer’s command has an outcome of its own');
  return outcome;
}
