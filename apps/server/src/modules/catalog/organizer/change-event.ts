import { ChangedEvent, ChangeEventBody, OwnEventPath, problemResponses } from '@tessera/contract';
import { Type } from 'typebox';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { changeEvent, type ChangeEventOutcome } from '../change-event.ts';
import { presentChangedEvent } from '../present-organizer-event.ts';
import { changeProblems, common, type OrganizerContext } from './documents.ts';
import { headersOfWords, requireEventView } from './event-view.ts';
import { requireOwnEvent } from './own-event.ts';

const schema = {
  ...common,
  operationId: 'changeEvent',
  summary: 'Change an event’s words',
  description:
    'What is not named stays as it is. Other dates or another place of a public event are a move: it needs `move_reason`, is kept and shown, ' +
    'and the answer says how many tickets it concerns. The sale follows the end of its event. While it cannot, the answer is 503: the words are ' +
    'changed then, and the repeat brings the rest.',
  params: OwnEventPath,
  headers: Type.Object({ 'if-match': Type.Optional(Type.String({ description: 'The ETag that the words must still have.' })) }),
  body: ChangeEventBody,
  response: { 200: ChangedEvent, ...problemResponses(...changeProblems, 'CATALOG_CHANGED_MEANWHILE', 'LANE_BUSY', 'OUTCOME_UNKNOWN') },
};

export function changeEventRoute(http: HttpServer, context: OrganizerContext): void {
  const { catalog, organizations } = context;
  const config = { permission: 'events.change' } as const;
  http.patch('/api/v1/organizations/:id/events/:event_id', { schema, config }, async (request, reply) => {
    const own = await requireOwnEvent(context, request);
    const ifMatch = request.headers['if-match'];
    const { isMoved } = changed(await changeEvent(catalog, { organizations, ...own, body: request.body, ifMatch }));
    const event = await requireEventView(catalog, own.eventId);
    reply.headers(headersOfWords(event));
    return presentChangedEvent(event, { isMoved });
  });
}

function changed(outcome: ChangeEventOutcome): Extract<ChangeEventOutcome, { kind: 'changed' }> {
  if (outcome.kind === 'changed') return outcome;
  throw problem('CATALOG_CHANGED_MEANWHILE', { detail: 'Read the event again: its words are not those that If-Match names.' });
}
