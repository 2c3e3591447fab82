import { EventDetail, EventParams, problemResponses, ReadEventQuery } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import { etagOfEvent } from '../etag.ts';
import { eventIdOfPath, noSuchEvent } from '../parse-ids.ts';
import { presentEvent } from '../present-event.ts';
import { hydrateEvent, readSkeleton } from '../read-event.ts';
import { isUnchanged, notModified } from './conditional.ts';

const schema = {
  operationId: 'readEvent',
  summary: 'Read a public event with its ticket types',
  description: 'Ticket types behind an access code are listed only with it. `left` is what can still be held.',
  tags: ['events'],
  params: EventParams,
  querystring: ReadEventQuery,
  response: { 200: EventDetail, 304: notModified, ...problemResponses('REQUEST_INVALID', 'NOT_FOUND', 'UNAVAILABLE') },
};

export function readEventRoute(http: HttpServer, catalog: Catalog): void {
  http.get('/api/v1/events/:id', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = eventIdOfPath(request.params.id);
    const { access_code: accessCode = null } = request.query;
    const viewer = { kind: 'buyer', accessCode } as const;
    const skeleton = await readSkeleton(catalog, { eventId, viewer });
    if (!skeleton) throw noSuchEvent();
    const audience = accessCode === null ? 'anyone' : 'caller';
    if (isUnchanged(request, reply, etagOfEvent(skeleton), audience)) return reply.code(304).send(null);
    return presentEvent(await hydrateEvent(catalog, skeleton, viewer));
  });
}
