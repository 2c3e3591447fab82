import type { HttpServer } from '../../../platform/http/index.ts';
import type { BoxOfficeRoutes } from './context.ts';
import { readGuests } from './find-guests.ts';
import { doorSearchRoute } from './routes/door-search.ts';
import { guestRoutes } from './routes/guests.ts';
import { deskSaleRoutes } from './routes/sales.ts';

export type { BoxOffice } from './context.ts';

/** What is sold and given away at the desk, and who is on the guest list. */
export function boxOfficeRoutes(http: HttpServer, parts: BoxOfficeRoutes): void {
  deskSaleRoutes(http, parts);
  guestRoutes(http, parts);
  doorSearchRoute(http, parts);
}

/** The names on tickets that were sold at the desk or given away, in the order of the tickets; null where there is none. */
export async function readDeskNames(
  office: Parameters<typeof readGuests>[0],
  { eventId, tickets }: { eventId: string; tickets: readonly { bookingId: string }[] },
): Promise<(string | null)[]> {
  const guests = await readGuests(office, eventId, [...new Set(tickets.map(({ bookingId }) => bookingId))]);
  return tickets.map(({ bookingId }) => guests.get(bookingId)?.name ?? null);
}
