import { closed } from '@tessera/contract';
import { Type } from 'typebox';
import { presentEvent, readEvent } from '../../modules/catalog/index.ts';
import { parseId } from '../../platform/ids/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { renderAudit } from '../render-audit.ts';
import { sendPage } from '../send-page.ts';
import { sendNotFound } from './send-not-found.ts';
import type { PagesContext } from './pages-context.ts';

const schema = { hide: true, params: closed({ id: Type.String({ maxLength: 200 }) }) };

/** `/events/{id}/audit`: whether the sale's books agree. */
export function auditPageRoute(http: HttpServer, { catalog }: PagesContext): void {
  http.get('/events/:id/audit', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = parseId('evt', request.params.id);
    const event = eventId && (await readEvent(catalog, { eventId, viewer: { kind: 'buyer', accessCode: null } }));
    if (!event) return sendNotFound(reply);
    const { title } = event.record.words;
    const body = renderAudit(presentEvent(event));
    return sendPage(reply, 200, {
      title: `Audit of ${title} · Tessera`,
      summary: `The audit of ${title}.`,
      body,
      script: '/assets/audit.js',
    });
  });
}
