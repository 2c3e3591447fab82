import { isPublic, readSales } from '../sales/index.ts';
import type { SaleView } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { NO_FILTERS, readListed, readListPlace, type ListFilters, type ListPlace } from './queries/events.ts';
import { readOrganizations } from './queries/organizations.ts';
import type { ListedWords, Organization } from './words.ts';

export type ListEvents = {
  limit: number;
  /** The last event of the page before, or null for the first page. */
  startingAfter: string | null;
  /** Leaves out what has ended by then; null lists all. */
  endsAfterMs: number | null;
  filters?: ListFilters;
};

export type ListedEvent = { words: ListedWords; organization: Organization; sale: SaleView };

export type ListEventsOutcome = { kind: 'page'; events: ListedEvent[]; hasMore: boolean } | { kind: 'unknown_event' };

/** Public events by start and id, a page at a time. */
export async function listEvents(catalog: Catalog, request: ListEvents): Promise<ListEventsOutcome> {
  let after: ListPlace | null = null;
  if (request.startingAfter !== null) {
    after = await readListPlace(catalog.db, request.startingAfter);
    if (!after) return { kind: 'unknown_event' };
  }
  const found = await collectPublic(catalog, request, after);
  const shown = found.slice(0, request.limit);
  const organizations = await readOrganizations(catalog.db, [...new Set(shown.map(({ words }) => words.organizationId))]);
  const events = shown.flatMap((event) => {
    const organization = organizations.get(event.words.organizationId);
    return organization ? [{ ...event, organization }] : [];
  });
  return { kind: 'page', events, hasMore: found.length > request.limit };
}

/** Walks the list until one more than the page is found: events that were withdrawn are passed over. */
async function collectPublic(catalog: Catalog, request: ListEvents, after: ListPlace | null): Promise<Omit<ListedEvent, 'organization'>[]> {
  const wanted = request.limit + 1;
  const { endsAfterMs, filters = NO_FILTERS } = request;
  const found: Omit<ListedEvent, 'organization'>[] = [];
  let place = after;
  for (;;) {
    const page = await readListed(catalog.db, { after: place, endsAfterMs, filters, limit: wanted });
    const sales = await readSales(
      catalog.sales,
      page.map((words) => words.eventId),
    );
    for (const words of page) {
      const sale = sales.get(words.eventId);
      if (sale && isPublic(sale.terms.state)) found.push({ words, sale });
    }
    const last = page.at(-1);
    if (found.length >= wanted || page.length < wanted || !last) return found;
    place = { startsAtMs: last.startsAtMs, eventId: last.eventId };
  }
}
