import { parseCellId, parseId } from '../../platform/ids/index.ts';
import { invalidField, problem } from '../../platform/http/index.ts';

/** What a path names. A text that is no id names nothing: NOT_FOUND. */
export function eventIdOfPath(text: string): string {
  const id = parseId('evt', text);
  if (id === null) throw noSuchEvent();
  return id;
}

/** Of the event that the path names before: one of another event names nothing. */
export function ticketTypeIdOfPath(text: string, eventId: string): string {
  const ids = parseCellId('typ', text);
  if (ids?.eventId !== eventId) throw problem('NOT_FOUND', { detail: 'There is no such ticket type in this event.' });
  return ids.id;
}

export function quotaIdOfPath(text: string, eventId: string): string {
  const ids = parseCellId('quo', text);
  if (ids?.eventId !== eventId) throw problem('NOT_FOUND', { detail: 'There is no such quota in this event.' });
  return ids.id;
}

/**
 * The ids of an event's ticket types that stand in a field of a body; a new event, whose id is null, has none. Throws
 * REQUEST_INVALID, naming the one that is not.
 */
export function ticketTypeIdsOfBody(texts: readonly string[], eventId: string | null, field: string): string[] {
  return texts.map((text, index) => {
    const ids = parseCellId('typ', text);
    if (ids === null || ids.eventId !== eventId) throw invalidField(`${field}/${index}`, 'must be the id of a ticket type of this event');
    return ids.id;
  });
}

export function noSuchEvent(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such event.' });
}
