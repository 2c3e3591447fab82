import { ACCESS_CODE_CHARS_MAX } from '@tessera/contract';
import { Type } from 'typebox';
import { presentEvent, readEvent } from '../../modules/catalog/index.ts';
import { parseId } from '../../platform/ids/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { renderEvent } from '../render-event.ts';
import { sendPage } from '../send-page.ts';
import { sendNotFound } from './send-not-found.ts';
import type { PagesContext } from './pages-context.ts';

const schema = {
  hide: true,
  params: Type.Object({ id: Type.String({ maxLength: 200 }) }),
  // Open: links carry parameters that others put on them.
  querystring: Type.Object({ access_code: Type.Optional(Type.String({ maxLength: ACCESS_CODE_CHARS_MAX })) }),
};

/** `/events/{id}`: an event with its booking form; `?access_code=` lists what is behind the code. */
export function eventPageRoute(http: HttpServer, { catalog }: PagesContext): void {
  http.get('/events/:id', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = parseId('evt', request.params.id);
    const accessCode = request.query.access_code || null;
    const event = eventId && (await readEvent(catalog, { eventId, viewer: { kind: 'buyer', accessCode } }));
    if (!event) return sendNotFound(reply);
    const { title, summary } = event.record.words;
    // The database's clock decides what is on sale; the page speaks by the same one.
    const body = renderEvent({ event: presentEvent(event), accessCode, nowMs: event.sale.nowMs });
    return sendPage(reply, 200, { title: `${title} · Tessera`, summary, body, script: '/assets/event.js' });
  });
}
