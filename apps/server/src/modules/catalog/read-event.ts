import { invariant } from '../../platform/invariant.ts';
import { isPublic, readSale } from '../sales/index.ts';
import type { SaleView } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { readEventRecord, type EventRecord } from './queries/events.ts';
import { readMoves } from './queries/event-words.ts';
import { readProfile } from './queries/profiles.ts';
import { readQuestions, type QuestionRecord } from './queries/questions.ts';
import { readTicketTypeWords } from './queries/ticket-types.ts';
import { shownTypes, type ShownType, type Viewer } from './shown-types.ts';
import type { EventMove, Profile } from './words.ts';

/** What there is to know of an event before the rest is read: enough for its validator. */
export type EventSkeleton = { eventId: string; sale: SaleView; record: EventRecord; organization: Profile };
export type EventView = EventSkeleton & { ticketTypes: ShownType[]; moves: EventMove[]; questions: QuestionRecord[] };

/** The last ones alone: an event that was moved more often is not told better by more. */
const MOVES_SHOWN = 20;

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
  if (!record) return null;
  const organization = await readProfile(catalog.db, record.words.organizationId);
  invariant(organization, `event ${eventId} is of an organization that does not exist`);
  return { eventId, sale, record, organization };
}

/** What was never written is not asked for: most events are not moved and ask nothing. */
export async function hydrateEvent(catalog: Catalog, skeleton: EventSkeleton, viewer: Viewer): Promise<EventView> {
  const { eventId, sale, record } = skeleton;
  const [typeWords, moves, questions] = await Promise.all([
    readTicketTypeWords(catalog.db, eventId),
    record.moves === 0 ? [] : readMoves(catalog.db, eventId, MOVES_SHOWN),
    record.questions === 0 ? [] : readQuestions(catalog.db, eventId, { archived: false }),
  ]);
  return { ...skeleton, ticketTypes: shownTypes(sale, typeWords, viewer), moves, questions };
}
