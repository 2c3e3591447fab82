import type { BatchDecision, BatchRead, LanePurpose } from '../../../../platform/lane/index.ts';
import type { DoorCommand } from '../commands.ts';
import { hasNoChanges } from '../decide/changes.ts';
import { decideDoors } from '../decide/decide-doors.ts';
import type { DoorOutcome } from '../outcomes.ts';
import { readDoors, type DoorRead } from './read-doors.ts';
import { writeDoors } from './write-doors.ts';

const UNDO_MAX = 10_000;

/**
 * Doors: scans are dropped when they are late, since whoever stands at the door has been asked for the ticket again by then, and
 * a repeat tells the outcome; what takes an admission back is not.
 */
export const DOOR_PURPOSE: LanePurpose<DoorCommand, DoorOutcome> = {
  read: readBatch,
  own: null,
  isOwn: () => false,
  isDroppable: (command) => command.kind === 'scan',
  isBounded: () => true,
  urgentMax: UNDO_MAX,
  joinKeyOf: (command) => `${command.kind} ${command.scanId}`,
  unknownEvent: () => ({ kind: 'unknown_event' }),
  asRepeat: (outcome) => ('replayed' in outcome ? { ...outcome, replayed: true } : outcome),
};

function readBatch(eventId: string, commands: readonly DoorCommand[]): BatchRead<DoorOutcome> {
  const { calls, parse } = readDoors(eventId, commands);
  return { calls, decide: (results) => decideBatch(commands, parse(results)) };
}

function decideBatch(commands: readonly DoorCommand[], read: DoorRead | null): BatchDecision<DoorOutcome> | null {
  if (!read) return null;
  const { outcomes, changes } = decideDoors(read.state, commands, read.nowMs);
  return { outcomes, calls: hasNoChanges(changes) ? null : writeDoors(read, changes) };
}
