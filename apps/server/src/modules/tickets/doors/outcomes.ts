import type { CheckIn } from './decide/state.ts';

/** `scan_id_reused`: another scan has this id. */
export type ScanOutcome = { kind: 'scanned'; checkIn: CheckIn; replayed: boolean } | { kind: 'scan_id_reused' } | { kind: 'unknown_event' };

export type UndoRefusal = 'unknown_scan' | 'not_admitted' | 'has_left';
export type UndoOutcome =
  | { kind: 'undone'; checkIn: CheckIn; replayed: boolean }
  | { kind: 'not_undone'; reason: UndoRefusal }
  | { kind: 'unknown_event' };

export type DoorOutcome = ScanOutcome | UndoOutcome;
