import { invariant } from '../../../platform/invariant.ts';
import type { ScanCommand, UndoCommand } from './commands.ts';
import type { Doors } from './context.ts';
import type { ScanOutcome, UndoOutcome } from './outcomes.ts';

/** Takes in one scan. The same scan, sent again, has the same outcome, for ever. Rejects as `Lanes.submit` does. */
export async function checkIn({ lanes }: Doors, eventId: string, scan: ScanCommand, isGone: () => boolean): Promise<ScanOutcome> {
  const outcome = await lanes.submit(eventId, scan, isGone);
  invariant(outcome.kind !== 'undone' && outcome.kind !== 'not_undone', 'a scan has an outcome of a scan');
  return outcome;
}

/** Takes an admission back. */
export async function undoCheckIn({ lanes }: Doors, eventId: string, undo: UndoCommand): Promise<UndoOutcome> {
  const outcome = await lanes.submit(eventId, undo);
  invariant(outcome.kind !== 'scanned' && outcome.kind !== 'scan_id_reused', 'what undoes a scan has an outcome of its own');
  return outcome;
}
