import type { HttpServer } from '../../platform/http/index.ts';
import { renderAcceptTicket } from '../render-accept-ticket.ts';
import { sendPage } from '../send-page.ts';

/** `/accept-ticket#tft_…`: takes a ticket that somebody passes on. */
export function acceptTicketPageRoute(http: HttpServer): void {
  http.get('/accept-ticket', { schema: { hide: true }, config: { audience: 'public' } }, async (_request, reply) => {
    const page = { title: 'A ticket for you · Tessera', summary: 'Somebody passes you a ticket.', body: renderAcceptTicket() };
    return sendPage(reply, 200, { ...page, script: '/assets/accept-ticket.js' });
  });
}
