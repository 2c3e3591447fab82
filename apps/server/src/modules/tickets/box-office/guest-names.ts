import { seal, unseal } from '../../../platform/seal/index.ts';

export type DeskPlace = { eventId: string; bookingId: string };

/** Bound to its booking: who can write to the database cannot show it as another's. */
export function sealName(key: Buffer, place: DeskPlace, name: string): Buffer {
  return seal(key, name, contextOf(place));
}

/** Null where it cannot be read any more. */
export function unsealName(key: Buffer, place: DeskPlace, sealed: Buffer | null): string | null {
  return sealed === null ? null : unseal(key, sealed, contextOf(place));
}

function contextOf({ eventId, bookingId }: DeskPlace): string {
  return `name at the desk of ${eventId} ${bookingId}`;
}
