/** What a scanner read. By hand a ticket is named without its secret: from a list, or by a name at the door. */
export type Subject =
  | { kind: 'ticket'; bookingId: string; number: number; shown: ShownCode | null }
  | { kind: 'other_event'; eventId: string }
  | { kind: 'unreadable' };

/** What of a code is compared with the ticket's row. */
export type ShownCode = { secret: string; issue: number };

export type Direction = 'in' | 'out';

/** One scan at a door. `scanId` is made by the device: the same scan, sent again, is a repeat for ever. */
export type ScanCommand = {
  kind: 'scan';
  scanId: string;
  /** Of what the scan says; another payload under the same id is refused. */
  fingerprint: string;
  subject: Subject;
  gateId: string | null;
  direction: Direction;
  device: string | null;
  /** Who scanned: the public id of a person or a key, or `platform`. */
  by: string;
  /** Whether the door decided by itself, without asking. */
  isOffline: boolean;
  /** When it was scanned, by the device's own clock; null where nobody asked. */
  deviceAtMs: number | null;
  /** How long ago it was scanned when it arrived. */
  ageMs: number;
};

/** Takes an admission back. A scan is undone once, so that the scan's id is the command's. */
export type UndoCommand = { kind: 'undo'; scanId: string; by: string; reason: string };

export type DoorCommand = ScanCommand | UndoCommand;
