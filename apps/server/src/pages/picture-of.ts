import type { EventSummary } from '@tessera/contract';

/** The event's own picture, or a mosaic made from its id. */
export function pictureOf(event: Pick<EventSummary, 'id' | 'picture'>): string {
  return event.picture ?? `/pictures/${event.id}.svg`;
}
