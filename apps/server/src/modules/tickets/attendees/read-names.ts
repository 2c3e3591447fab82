import { unsealSaid } from './attendee-vault.ts';
import type { AttendeesContext } from './context.ts';
import { readSealedNames } from './queries/attendee-list.ts';

/** A ticket and who holds it. */
export type HeldTicket = { bookingId: string; number: number; buyerKey: string };

/** The names on tickets of an event, in the order of the tickets; null where nobody gave one. For documents and doors. */
export async function readNames(
  { db, personalKeys }: Pick<AttendeesContext, 'db' | 'personalKeys'>,
  { eventId, tickets }: { eventId: string; tickets: readonly HeldTicket[] },
): Promise<(string | null)[]> {
  if (tickets.length === 0) return [];
  const rows = await readSealedNames(db, { eventId, tickets });
  const keys = await personalKeys.open(rows.map(({ buyerKey }) => buyerKey));
  const names = new Map<string, string | null>();
  for (const row of rows) {
    const sealed = { nameSealed: row.nameSealed, emailSealed: null, answersSealed: null };
    names.set(`${row.bookingId} ${row.number}`, unsealSaid(keys.get(row.buyerKey), { eventId, ...row }, sealed).name);
  }
  return tickets.map(({ bookingId, number }) => names.get(`${bookingId} ${number}`) ?? null);
}
