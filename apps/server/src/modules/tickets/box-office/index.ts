import type { HttpServer } from '../../../platform/http/index.ts';
import type { Attendees } from '../attendees/index.ts';
import type { BoxOffice, BoxOfficeRoutes } from './context.ts';
import { readGuests } from './find-guests.ts';
import { doorSearchRoute } from './routes/door-search.ts';
import { guestRoutes } from './routes/guests.ts';
import { deskSaleRoutes } from './routes/sales.ts';

export type { BoxOffice } from './context.ts';

export type BoxOfficeOptions = Omit<BoxOffice, 'readNames'> & { attendees: Pick<Attendees, 'listAttendees' | 'readNames'> };

export function buildBoxOffice(options: BoxOfficeOptions): BoxOffice {
  const { attendees } = options;
  const readDeskNames: BoxOffice['readNames'] = async ({ eventId, tickets }) => {
    const guests = await readGuests(options, eventId, [...new Set(tickets.map(({ bookingId }) => bookingId))]);
    return tickets.map(({ bookingId }) => guests.get(bookingId)?.name ?? null);
  };
  return {
    ...options,
    readNames: async (of) => {
      const [said, noted] = await Promise.all([attendees.readNames(of), readDeskNames(of)]);
      return said.map((name, index) => name ?? noted[index] ?? null);
    },
  };
}

/** What is sold and given away at the desk, and who is on the guest list. */
export function boxOfficeRoutes(http: HttpServer, parts: BoxOfficeRoutes): void {
  deskSaleRoutes(http, parts);
  guestRoutes(http, parts);
  doorSearchRoute(http, parts);
}
