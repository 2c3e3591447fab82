import { invariant } from '../../platform/invariant.ts';
import type { BookingOutcome, Command, Refusal, Sales } from '../sales/index.ts';

/** Puts a command on a booking into its event's lane. Rejects as `Lanes.submit` does: then nothing is known, or nothing was done. */
export async function submit(sales: Sales, eventId: string, command: Command): Promise<BookingOutcome | Refusal> {
  const outcome = await sales.lanes.submit(eventId, command);
  invariant(outcome.kind !== 'configured' && outcome.kind !== 'expired', 'a command on a booking has an outcome of a booking');
  return outcome;
}
