/** Somebody was let in with a ticket: by which scan, where, by whom, and when. */
export type Admission = { scanId: string; gateId: string | null; by: string; atMs: number };

/** What a scan is answered with. Only `admitted` opens the door; a `conflict` is for the organizer to look at. */
export type Verdict =
  | { kind: 'admitted'; conflict: Conflict | null }
  | { kind: 'already_admitted'; admission: Admission }
  | { kind: 'left' }
  | { kind: 'not_inside' }
  | { kind: 'revoked'; reason: string; atMs: number }
  /** Its holder has offered it back, and somebody is about to have its place. */
  | { kind: 'being_resold' }
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
