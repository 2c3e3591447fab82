import { invariant } from '../../platform/invariant.ts';
import { isPublic, readSale } from '../sales/index.ts';
import type { SaleView } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { readEventRecord, type EventRecord } from './queries/events.ts';
import { readOrganizations } from './queries/organizations.ts';
import { readTicketTypeWords } from './queries/ticket-types.ts';
import { shownTypes, type ShownType, type Viewer } from './shown-types.ts';
import type { Organization } from './words.ts';

/** What there is to know of an event before the rest is read: enough for its validator. */
export type EventSkeleton = { eventId: string; sale: SaleView; record: EventRecord };
export type EventView = EventSkeleton & { organization: Organization; ticketTypes: ShownType[] };

export type ReadEvent = { eventId: string; viewer: Viewer };

/** An event with the ticket types that the viewer may see; null if there is none, or none for the viewer. */
export async function readEvent(catalog: Catalog, { eventId, viewer }: ReadEvent): Promise<EventView | null> {
  const skeleton = await readSkeleton(catalog, { eventId, viewer });
  return skeleton && hydrateEvent(catalog, skeleton, viewer);
}

/** The sale and the words, in this order: what the sale knows has its words by then, or a repeat is to bring them. */
export async function readSkeleton(catalog: Catalog, { eventId, viewer }: ReadEvent): Promise<EventSkeleton | null> {
  const sale = await readSale(catalog.sales, eventId);
  if (!sale || !(viewer.kind === 'organizer' || isPublic(sale.terms.state))) return null;
  const record = await readEventRecord(catalog.db, eventId);
  return record && { eventId, sale, record };
}

export async function hydrateEvent(catalog: Catalog, skeleton: EventSkeleton, viewer: Viewer): Promise<EventView> {
  const { eventId, sale, record } = skeleton;
  const { organizationId } = record.words;
  const [organizations, typeWords] = await Promise.all([
    readOrganizations(catalog.db, [organizationId]),
    readTicketTypeWords(catalog.db, eventId),
  ]);
  const organization = organizations.get(organizationId);
  invariant(organization, `event ${eventId} is of an organization that does not exist`);
  return { ...skeleton, organization, ticketTypes: shownTypes(sale, typeWords, viewer) };
}
