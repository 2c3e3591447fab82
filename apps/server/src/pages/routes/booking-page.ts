import { Type } from 'typebox';
import { parseCellId } from '../../platform/ids/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { renderBooking } from '../render-booking.ts';
import { sendPage } from '../send-page.ts';
import type { PagesContext } from './pages-context.ts';
import { readShownEvent } from './read-shown-event.ts';
import { sendNoBooking } from './send-not-found.ts';

const schema = { hide: true, params: Type.Object({ id: Type.String({ maxLength: 200 }) }) };

/** `/bookings/{id}`: how a booking stands, from the hold to the tickets. Payment leads back here. */
export function bookingPageRoute(http: HttpServer, { catalog }: PagesContext): void {
  http.get('/bookings/:id', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const bookingId = request.params.id;
    const ids = parseCellId('bkg', bookingId);
    if (!ids) return sendNoBooking(reply);
    const event = await readShownEvent(catalog, ids.eventId);
    const body = renderBooking({ bookingId, event });
    const title = event === null ? 'Your booking · Tessera' : `Your booking: ${event.title} · Tessera`;
    return sendPage(reply, 200, { title, summary: 'Your booking and its tickets.', body, script: '/assets/booking.js' });
  });
}
