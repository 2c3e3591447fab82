import { EventId } from '@tessera/contract';
import { Type } from 'typebox';
import { listEvents, presentEventSummary } from '../../modules/catalog/index.ts';
import { parseId } from '../../platform/ids/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { renderEventList } from '../render-event-list.ts';
import { sendPage } from '../send-page.ts';
import type { PagesContext } from './pages-context.ts';

const PAGE_SIZE = 24;

/** Open: links carry parameters that others put on them. */
const schema = { hide: true, querystring: Type.Object({ after: Type.Optional(EventId) }) };

/** `/`: the events that have not ended. */
export function eventListPageRoute(http: HttpServer, { catalog }: PagesContext): void {
  http.get('/', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const { after } = request.query;
    const startingAfter = after === undefined ? null : parseId('evt', after);
    const endsAfterMs = catalog.clock.nowMs();
    const outcome = await listEvents(catalog, { limit: PAGE_SIZE, startingAfter, endsAfterMs });
    // An address whose event is gone shows the list from its beginning.
    if (outcome.kind === 'unknown_event') return reply.redirect('/', 303);
    const body = renderEventList({ events: outcome.events.map(presentEventSummary), hasMore: outcome.hasMore });
    return sendPage(reply, 200, { title: 'Tessera: what is coming', summary: 'Events and their tickets.', body, script: null });
  });
}
