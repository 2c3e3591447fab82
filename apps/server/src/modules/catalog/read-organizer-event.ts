import { invariant } from '../../platform/invariant.ts';
import { readSales } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import type { ListedEvent } from './list-events.ts';
import { readOrganizations } from './queries/organizations.ts';
import { readOwnEvents, readOwnPlace, type Shown } from './queries/event-words.ts';
import { readEvent, type EventView } from './read-event.ts';

/** An event of the organization, whatever its state; null if it is none of its own. */
export async function readOwnEvent(catalog: Catalog, organizationId: string, eventId: string): Promise<EventView | null> {
  const event = await readEvent(catalog, { eventId, viewer: { kind: 'organizer' } });
  return event?.organization.id === organizationId ? event : null;
}

export type ListOwnEvents = Shown & { limit: number; startingAfter: string | null };
export type ListOwnEventsOutcome = { kind: 'page'; events: ListedEvent[]; hasMore: boolean } | { kind: 'unknown_event' };

/** Events of an organization by start and id, drafts too, a page at a time. */
export async function listOwnEvents(catalog: Catalog, request: ListOwnEvents): Promise<ListOwnEventsOutcome> {
  const { organizationId, testsOnly, limit, startingAfter } = request;
  const after = startingAfter === null ? null : await readOwnPlace(catalog.db, request, startingAfter);
  if (startingAfter !== null && after === null) return { kind: 'unknown_event' };
  const found = await readOwnEvents(catalog.db, { organizationId, testsOnly, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const eventIds = shown.map(({ eventId }) => eventId);
  const [sales, organizations] = [await readSales(catalog.sales, eventIds), await readOrganizations(catalog.db, [organizationId])];
  const organization = organizations.get(organizationId);
  invariant(organization, 'an organization that has members is there');
  const events = shown.map((words) => {
    const sale = sales.get(words.eventId);
    invariant(sale, `event ${words.eventId} has no sale`);
    return { words, organization, sale };
  });
  return { kind: 'page', events, hasMore: found.length > limit };
}
