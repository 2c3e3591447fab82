import type { BoxOffice } from './context.ts';
import { unsealName } from './guest-names.ts';
import { readDeskBookings, readDeskPage, type DeskKind, type DeskRow } from './queries/desk-bookings.ts';

/** Names are sealed, so that each must be opened to be looked at: no more than that, in pages. */
export const LOOKED_AT_MAX = 10_000;
const PAGE = 500;

export type Guest = Omit<DeskRow, 'nameSealed'> & { name: string | null };

export type GuestPage = { eventId: string; kind: DeskKind | null; name: string | null; afterBookingId: string | null; limit: number };

/** Who has booked at the desk or was given something, by booking; only those whose name has `name` in it, where that is given. */
export async function findGuests({ db, nameKey }: Pick<BoxOffice, 'db' | 'nameKey'>, page: GuestPage): Promise<Guest[]> {
  const { eventId, kind, name, limit } = page;
  const wanted = name === null ? null : foldName(name);
  const found: Guest[] = [];
  let { afterBookingId } = page;
  for (let lookedAt = 0; lookedAt < LOOKED_AT_MAX && found.length < limit; lookedAt += PAGE) {
    const rows = await readDeskPage(db, { eventId, kind, afterBookingId, limit: wanted === null ? limit : PAGE });
    for (const row of rows) {
      const guest = guestOf(nameKey, eventId, row);
      if (found.length < limit && (wanted === null || foldName(guest.name ?? '').includes(wanted))) found.push(guest);
    }
    afterBookingId = rows.at(-1)?.bookingId ?? null;
    if (wanted === null || rows.length < PAGE) return found;
  }
  return found;
}

/** Those of some bookings, by booking. */
export async function readGuests(
  { db, nameKey }: Pick<BoxOffice, 'db' | 'nameKey'>,
  eventId: string,
  bookingIds: readonly string[],
): Promise<Map<string, Guest>> {
  const rows = bookingIds.length === 0 ? [] : await readDeskBookings(db, eventId, bookingIds);
  return new Map(rows.map((row) => [row.bookingId, guestOf(nameKey, eventId, row)]));
}

function guestOf(nameKey: Buffer, eventId: string, { nameSealed, ...row }: DeskRow): Guest {
  return { ...row, name: unsealName(nameKey, { eventId, bookingId: row.bookingId }, nameSealed) };
}

/** As people ask for a name: whatever its case, with or without accents. */
export function foldName(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
