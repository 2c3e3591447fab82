import { MEMBER_PROBLEMS, OrganizerEvent, OwnEventPath, problemResponses } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { presentOrganizerEvent } from '../present-organizer-event.ts';
import { common, type OrganizerContext } from './documents.ts';
import { headersOfWords, requireEventView } from './event-view.ts';
import { requireOwnEvent } from './own-event.ts';

const schema = {
  ...common,
  operationId: 'readOrganizerEvent',
  summary: 'An event as its organizer sees it',
  description: 'The ETag is that of its words: send it as If-Match with a change, so that nothing that others have written is lost.',
  params: OwnEventPath,
  response: { 200: OrganizerEvent, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function readOrganizerEventRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.read' } as const;
  http.get('/api/v1/organizations/:id/events/:event_id', { schema, config }, async (request, reply) => {
    const { eventId } = await requireOwnEvent(context, request);
    const event = await requireEventView(context.catalog, eventId);
    reply.headers(headersOfWords(event));
    return presentOrganizerEvent(event);
  });
}
