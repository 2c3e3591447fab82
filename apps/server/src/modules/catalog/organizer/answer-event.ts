import type { EventDetail } from '@tessera/contract';
import { invalidField, problem } from '../../../platform/http/index.ts';
import type { Catalog } from '../catalog.ts';
import type { CreateEventOutcome } from '../create-event.ts';
import { presentEvent } from '../present-event.ts';
import { requireEventView } from './event-view.ts';

type Created = Extract<CreateEventOutcome, { kind: 'event' }>;

/** The event that was made, now or before. Throws what else the outcome is. */
export function createdEvent(outcome: CreateEventOutcome): Created {
  switch (outcome.kind) {
    case 'event':
      return outcome;
    case 'key_reused':
      throw problem('IDEMPOTENCY_KEY_REUSED');
    case 'unknown_organization':
      throw problem('NOT_FOUND');
    case 'invalid_event':
      throw invalidField(outcome.field, outcome.detail);
  }
}

/** An event that was made, as its organizer sees it. */
export async function answerEvent(catalog: Catalog, eventId: string): Promise<EventDetail> {
  return presentEvent(await requireEventView(catalog, eventId));
}
