import type { FastifyRequest } from 'fastify';
import { problem } from '../../../platform/http/index.ts';
import { mayTouch, type Member } from '../../organizations/index.ts';
import { eventIdOfPath, noSuchEvent } from '../parse-ids.ts';
import { readEventOwner } from '../queries/events.ts';
import type { OrganizerContext } from './documents.ts';

export type OwnEvent = { member: Member; eventId: string };

/**
 * The event of the path and the member who asks, if the route's permission is theirs and the event is of their organization.
 * An event of others is answered like one that does not exist: NOT_FOUND.
 */
export async function requireOwnEvent({ catalog, organizations }: OrganizerContext, request: FastifyRequest): Promise<OwnEvent> {
  const member = await organizations.requireMember(request);
  const eventId = eventIdOfPath((request.params as { event_id: string }).event_id);
  const event = await readEventOwner(catalog.db, eventId);
  if (event?.organizationId !== member.organizationId) throw noSuchEvent();
  if (!mayTouch(member.actor, event)) throw problem('FORBIDDEN', { detail: 'A test key reaches test events alone.' });
  return { member, eventId };
}
