import { Type } from 'typebox';
import { parseTicketId } from '../../platform/ids/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { renderTicket } from '../render-ticket.ts';
import { sendPage } from '../send-page.ts';
import type { PagesContext } from './pages-context.ts';
import { readShownEvent } from './read-shown-event.ts';
import { sendNoBooking } from './send-not-found.ts';

const schema = { hide: true, params: Type.Object({ id: Type.String({ maxLength: 200 }) }) };

/** `/tickets/{id}`: a ticket with its code, for the door. */
export function ticketPageRoute(http: HttpServer, { catalog }: PagesContext): void {
  http.get('/tickets/:id', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const ticketId = request.params.id;
    const key = parseTicketId(ticketId);
    if (!key) return sendNoBooking(reply);
    const event = await readShownEvent(catalog, key.eventId);
    const body = renderTicket({ ticketId, event });
    const title = event === null ? 'Your ticket · Tessera' : `Your ticket: ${event.title} · Tessera`;
    return sendPage(reply, 200, { title, summary: 'Your ticket.', body, script: '/assets/ticket.js' });
  });
}
