import type { DoorCommand } from '../commands.ts';
import type { DoorOutcome } from '../outcomes.ts';
import type { DoorChanges } from './changes.ts';
import { decideScan } from './decide-scan.ts';
import { decideUndo } from './decide-undo.ts';
import { DoorDraft } from './draft.ts';
import type { DoorState } from './state.ts';

/**
 * Decides a batch of scans: `(state, commands, time) → (outcomes, changes)`, pure. In the order in which they happened: of
 * several scans of one ticket the first wins, whichever arrived first.
 */
export function decideDoors(
  state: DoorState,
  commands: readonly DoorCommand[],
  nowMs: number,
): { outcomes: DoorOutcome[]; changes: DoorChanges } {
  const draft = new DoorDraft(state, nowMs);
  const outcomes: DoorOutcome[] = new Array<DoorOutcome>(commands.length);
  for (const index of inTheirOrder(commands)) {
    const command = commands[index]!;
    outcomes[index] = command.kind === 'scan' ? decideScan(draft, command) : decideUndo(draft, command);
  }
  return { outcomes, changes: draft.changes };
}

/** Places of the commands, the oldest first; most batches have come from doors that ask at once, and stand in order. */
function inTheirOrder(commands: readonly DoorCommand[]): number[] {
  const places = commands.map((_, index) => index);
  if (commands.every((command) => ageOf(command) === 0)) return places;
  return places.sort((one, other) => ageOf(commands[other]!) - ageOf(commands[one]!) || one - other);
}

function ageOf(command: DoorCommand): number {
  return command.kind === 'scan' ? command.ageMs : 0;
}
