import { invariant } from '../../platform/invariant.ts';
import { readSales } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import type { ListedEvent } from './list-events.ts';
import { readOrganizations } from './queries/organizations.ts';
import { readOwnEvents, readOwnPlace } from './queries/event-words.ts';

export type ListOwnEvents = { organizationId: string; testsOnly: boolean; limit: number; startingAfter: string | null };
export type ListOwnEventsOutcome = { kind: 'page'; events: ListedEvent[]; hasMore: boolean } | { kind: 'unknown_event' };

/** Events of an organization by start and id, drafts too, a page at a time. */
export async function listOwnEvents(catalog: Catalog, request: ListOwnEvents): Promise<ListOwnEventsOutcome> {
  const { organizationId, testsOnly, limit, startingAfter } = request;
  const after = startingAfter === null ? null : await readOwnPlace(catalog.db, organizationId, startingAfter);
  if (startingAfter !== null && after === null) return { kind: 'unknown_event' };
  const found = await readOwnEvents(catalog.db, { organizationId, testsOnly, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const eventIds = shown.map(({ eventId }) => eventId);
  const [sales, organizations] = [await readSales(catalog.sales, eventIds), await readOrganizations(catalog.db, [organizationId])];
  const organization = organizations.get(organizationId);
  invariant(organization, 'an organization that has members is there');
  // An event without a sale is a test that is being purged.
  const events = shown.flatMap((words) => {
    const sale = sales.get(words.eventId);
    return sale ? [{ words, organization, sale }] : [];
  });
  return { kind: 'page', events, hasMore: found.length > limit };
}
