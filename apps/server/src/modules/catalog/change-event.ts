import type { ChangeEventBody } from '@tessera/contract';
import { invalidField } from '../../platform/http/index.ts';
import { parseId } from '../../platform/ids/index.ts';
import { isPublic, readSale } from '../sales/index.ts';
import type { SaleView } from '../sales/index.ts';
import type { Member, Organizations } from '../organizations/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Catalog } from './catalog.ts';
import { etagOfWords, mayChange } from './etag.ts';
import { followWords } from './follow-words.ts';
import { mergeWords } from './merge-words.ts';
import { moveEvent } from './move-event.ts';
import { noSuchEvent } from './parse-ids.ts';
import { lockEventRecord, readEventRecord } from './queries/events.ts';
import { updateEventWords } from './queries/event-words.ts';
import { readVenue } from './queries/venues.ts';
import { recordedChange } from './recorded-change.ts';
import type { FullWords, Venue } from './words.ts';
import { wordsAsJson } from './words-as-json.ts';

export type ChangeEvent = {
  organizations: Organizations;
  member: Member;
  eventId: string;
  body: ChangeEventBody;
  /** The validators that the words must still have. */
  ifMatch: string | undefined;
};

export type ChangeEventOutcome = { kind: 'changed'; isMoved: boolean } | { kind: 'changed_meanwhile' };

/**
 * Changes the words of an event, whatever its state; then its sale follows them. Throws REQUEST_INVALID, naming the field, and rejects as
 * the lane does: then the words are changed, and the repeat brings the rest.
 */
export async function changeEvent(catalog: Catalog, request: ChangeEvent): Promise<ChangeEventOutcome> {
  const outcome = await changeWords(catalog, request);
  await followWords(catalog, request.eventId);
  return outcome;
}

async function changeWords(catalog: Catalog, request: ChangeEvent): Promise<ChangeEventOutcome> {
  const { eventId, member } = request;
  for (;;) {
    const record = await readEventRecord(catalog.db, eventId);
    const sale = await readSale(catalog.sales, eventId);
    // A test event that is being purged.
    if (!record || !sale) throw noSuchEvent();
    const venue = await venueOf(catalog, member.organizationId, request.body);
    const before = { sale, venue, listed: record.listed };
    const outcome = await catalog.db.transaction((tx) => changeLocked(catalog, request, { tx, ...before }));
    if (outcome.kind !== 'listed_meanwhile') return outcome;
  }
}

type Known = { tx: Tx; sale: SaleView; venue: Venue | null; listed: boolean };

async function changeLocked(
  { clock }: Catalog,
  { organizations, member, eventId, body, ifMatch }: ChangeEvent,
  { tx, sale, venue, listed }: Known,
): Promise<ChangeEventOutcome | { kind: 'listed_meanwhile' }> {
  const record = await lockEventRecord(tx, eventId);
  if (!record) throw noSuchEvent();
  // Before an event becomes public its row is written: the state that was read before the lock would be an old one.
  if (record.listed !== listed) return { kind: 'listed_meanwhile' };
  if (!mayChange(ifMatch, etagOfWords(record))) return { kind: 'changed_meanwhile' };
  const before = record.words;
  const after = mergeWords(before, body, venue);
  checkCancellation(before, after, sale);
  const recorded = recordedChange(wordsAsJson(before), wordsAsJson(after));
  if (!recorded) return { kind: 'changed', isMoved: false };
  await updateEventWords(tx, eventId, after);
  const at = new Date(clock.nowMs());
  const move = { eventId, before, after, isPublic: isPublic(sale.terms.state), reason: body.move_reason, at };
  const isMoved = await moveEvent(tx, move);
  const what = isMoved ? 'event.moved' : 'event.changed';
  await organizations.recordAction(tx, member, { what, subjectId: eventId, ...recorded });
  return { kind: 'changed', isMoved };
}

async function venueOf({ db }: Catalog, organizationId: string, { venue_id: text }: ChangeEventBody): Promise<Venue | null> {
  const venueId = text && parseId('ven', text);
  return venueId ? readVenue(db, organizationId, venueId) : null;
}

/** A cancelled event stays so: the state that was read before the lock is good enough. */
function checkCancellation(before: FullWords, after: FullWords, { terms }: SaleView): void {
  const { cancellationReason } = after;
  if (cancellationReason === null || cancellationReason === before.cancellationReason || terms.state === 'cancelled') return;
  throw invalidField('/cancellation_reason', 'can be given once the event is cancelled');
}
