import type { Direction } from '../commands.ts';
import type { Admission, Verdict } from '../verdicts.ts';

/** What the doors know of a ticket. The rest of its row is not theirs. */
export type DoorTicket = {
  bookingId: string;
  number: number;
  ticketTypeId: string;
  /** Who has it: of an offered ticket, who booked it. */
  buyerKey: string;
  /** Its holder offers it back; it is valid until its place is sold again. */
  isOffered: boolean;
  secret: string;
  issue: number;
  revoked: { reason: string; atMs: number } | null;
  /** The last admission that stands. */
  admission: Admission | null;
  /** When its holder left after that admission; null while inside. */
  leftAtMs: number | null;
};

export type GateState = 'open' | 'closed' | 'archived';

export type Gate = {
  id: string;
  name: string;
  /** Null: all of them. */
  ticketTypeIds: readonly string[] | null;
  state: GateState;
  opensAtMs: number | null;
  closesAtMs: number | null;
};

/**
 * What a scan counts as at this moment. What it was answered with never changes; this does: an admission becomes a
 * double when an earlier scan arrives late, and is undone by hand.
 */
export type Standing = 'admitted' | 'double' | 'left' | 'refused' | 'undone';

export type Undone = { by: string; atMs: number; reason: string };

/** A scan that was taken in. */
export type CheckIn = {
  scanId: string;
  fingerprint: string;
  /** Null where the scan named no ticket of this event. */
  bookingId: string | null;
  number: number | null;
  ticketTypeId: string | null;
  gateId: string | null;
  direction: Direction;
  device: string | null;
  by: string;
  isOffline: boolean;
  isByHand: boolean;
  /** When it was scanned, by the server's clock. */
  scannedAtMs: number;
  deviceAtMs: number | null;
  receivedAtMs: number;
  verdict: Verdict;
  standing: Standing;
  undone: Undone | null;
};

/** What a batch of scans is decided on. */
export type DoorState = {
  eventId: string;
  /** By `ticketKey`. */
  tickets: ReadonlyMap<string, DoorTicket>;
  gates: ReadonlyMap<string, Gate>;
  /** By ticket type: how many of its offered tickets have places that no hold waits for. Where a type is not named, none. */
  spareOffers: ReadonlyMap<string, number>;
  /** Those that the batch's scans repeat, that it undoes, and by which its tickets were admitted. */
  checkIns: ReadonlyMap<string, CheckIn>;
};

export function ticketKey(bookingId: string, number: number): string {
  return `${bookingId}/${number}`;
}
