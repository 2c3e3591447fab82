import { newUuid } from '../../platform/ids/index.ts';
import { createSale, findInvalidSale, isToBePublic } from '../sales/index.ts';
import type { SaleTerms } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import type { CopyPlan } from './copy-plan.ts';
import { createdId, fingerprintOf } from './organizer-keys.ts';
import { updateEventWords } from './queries/event-words.ts';
import { insertEvent, readEventFingerprint } from './queries/events.ts';
import { readOrganizations } from './queries/organizations.ts';
import { isTimeZone, NO_TIME_ZONE } from './time-zones.ts';
import type { EventWords, FullWords } from './words.ts';

export type CreateEvent = {
  words: EventWords;
  currency: string;
  terms: SaleTerms;
  /** Made by a test key: never listed, and purged with the organization's other test events. */
  isTest: boolean;
  idempotencyKey: string | null;
  /** Of a duplicate: which it is, and what is to be copied into it afterwards. */
  copy?: { eventId: string; fingerprint: string; words: FullWords; plan: CopyPlan };
};

export type CreateEventOutcome =
  | { kind: 'event'; eventId: string; replayed: boolean }
  | { kind: 'key_reused'; eventId: string }
  | { kind: 'unknown_organization' }
  | { kind: 'invalid_event'; field: string; detail: string };

/** Creates an event with its sale, in one transaction of the event's cell, once per key. */
export async function createEvent(catalog: Catalog, request: CreateEvent): Promise<CreateEventOutcome> {
  const invalid = findInvalid(request);
  if (invalid) return invalid;
  const { organizationId } = request.words;
  // The organization lives in another home, so it is looked up beforehand; organizations are never deleted.
  if (!(await readOrganizations(catalog.db, [organizationId])).has(organizationId)) return { kind: 'unknown_organization' };
  const { words, currency, terms, isTest, copy } = request;
  const nowMs = catalog.clock.nowMs();
  const eventId = copy?.eventId ?? eventIdOf(request, nowMs);
  const fingerprint = copy?.fingerprint ?? fingerprintOf({ words, currency, terms });
  const listed = isToBePublic(terms.state) && !isTest;
  const inserted = await catalog.db.transaction(async (tx) => {
    const isNew = await insertEvent(tx, { eventId, words, listed, isTest, fingerprint, createdAtMs: nowMs, copying: copy?.plan ?? null });
    if (isNew && copy) await updateEventWords(tx, eventId, copy.words);
    if (isNew) await createSale(tx, { eventId, currency, terms: { ...terms, endsAtMs: words.endsAtMs } });
    return isNew;
  });
  if (inserted) return { kind: 'event', eventId, replayed: false };
  const before = await readEventFingerprint(catalog.db, eventId);
  return before === fingerprint ? { kind: 'event', eventId, replayed: true } : { kind: 'key_reused', eventId };
}

function eventIdOf({ words, isTest, idempotencyKey }: CreateEvent, nowMs: number): string {
  if (idempotencyKey === null) return newUuid(nowMs);
  return createdId(`${words.organizationId}/${isTest ? 'test-event' : 'event'}`, idempotencyKey);
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

function findInvalid({ words, currency, terms }: CreateEvent): Extract<CreateEventOutcome, { kind: 'invalid_event' }> | null {
  if (words.endsAtMs < words.startsAtMs) return invalidEvent('/ends_at', 'must not be before starts_at');
  if (!isTimeZone(words.timeZone)) return invalidEvent('/time_zone', NO_TIME_ZONE);
  if (!CURRENCIES.has(currency)) return invalidEvent('/currency', 'must be a currency of ISO 4217, as EUR');
  const invalid = findInvalidSale(terms);
  return invalid ? invalidEvent(`/sale/${invalid.field}`, invalid.detail) : null;
}

function invalidEvent(field: string, detail: string): { kind: 'invalid_event'; field: string; detail: string } {
  return { kind: 'invalid_event', field, detail };
}
