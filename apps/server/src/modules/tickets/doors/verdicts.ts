import type { Admission, CheckIn } from './decide/state.ts';

/** What a scan is answered with. Only `admitted` opens the door; a `conflict` is for the organizer to look at. */
export type Verdict =
  | { kind: 'admitted'; conflict: Conflict | null }
  | { kind: 'already_admitted'; admission: Admission }
  | { kind: 'left' }
  | { kind: 'not_inside' }
  | { kind: 'revoked'; reason: string; atMs: number }
  /** The code was valid once: the ticket was issued again since, as number `issue`. */
  | { kind: 'superseded'; issue: number }
  | { kind: 'altered' }
  | { kind: 'unknown' }
  | { kind: 'unreadable' }
  | { kind: 'other_event'; eventId: string }
  | { kind: 'wrong_gate' }
  | { kind: 'unknown_gate' }
  | { kind: 'gate_closed' }
  | { kind: 'too_early'; opensAtMs: number }
  | { kind: 'too_late'; closesAtMs: number };

/**
 * `displaced`: a door without connection let somebody in before the admission that was known until then, which is a double
 * now. `revoked_since`: it let somebody in with a ticket that was valid at that time and is not any more.
 */
export type Conflict = { kind: 'displaced'; admission: Admission } | { kind: 'revoked_since'; reason: string; atMs: number };

/** `reused`: another scan has this id. */
export type ScanOutcome = { kind: 'scanned'; checkIn: CheckIn; replayed: boolean } | { kind: 'scan_id_reused' } | { kind: 'unknown_event' };

export type UndoRefusal = 'unknown_scan' | 'not_admitted' | 'has_left';
export type UndoOutcome =
  | { kind: 'undone'; checkIn: CheckIn; replayed: boolean }
  | { kind: 'not_undone'; reason: UndoRefusal }
  | { kind: 'unknown_event' };

export type DoorOutcome = ScanOutcome | UndoOutcome;
