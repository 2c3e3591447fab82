import type { HttpServer } from '../../platform/http/index.ts';
import { renderFindTickets } from '../render-find-tickets.ts';
import { sendPage } from '../send-page.ts';

/** `/find-tickets`: asks for a link by mail; `#mlt_…` opens one. */
export function findTicketsPageRoute(http: HttpServer): void {
  http.get('/find-tickets', { schema: { hide: true }, config: { audience: 'public' } }, async (_request, reply) => {
    const page = { title: 'Find my tickets · Tessera', summary: 'Tickets that were booked with your address.', body: renderFindTickets() };
    return sendPage(reply, 200, { ...page, script: '/assets/find-tickets.js' });
  });
}
