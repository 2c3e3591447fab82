import type { Command } from './operation.ts';
import type { Outcome } from '../../apps/server/src/modules/sales/outcomes.ts';
import { type Model, TARGETS } from './model.ts';
import type { Result } from './operation.ts';

/** A result that the model has to explain. `isSeen`: its booking stood like that at some moment of the round. */
export type Claim = { result: Result; outcome: Outcome | null; isExplained: boolean; isSeen: boolean };

/** Whether the answer says that the command was executed, now and not before. */
export function isExecution(outcome: Outcome | null): boolean {
  return outcome !== null && 'replayed' in outcome && !outcome.replayed;
}

/** Whether a booking already is in the state that the command would bring it into. */
export function isAlreadySo(model: Model, command: Command): boolean {
  if (command.kind !== 'release' && command.kind !== 'cancel' && command.kind !== 'confirm') return false;
  return model.bookings.get(command.bookingId)?.state === TARGETS[command.kind];
}
