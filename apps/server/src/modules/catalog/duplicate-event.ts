import { readSale } from '../sales/index.ts';
import type { Refusal } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { copyInto } from './copy-into.ts';
import { planCopy } from './copy-plan.ts';
import { copyWords, type CopiedTimes } from './copy-words.ts';
import { createEvent, type CreateEventOutcome } from './create-event.ts';
import { createdId, fingerprintOf } from './organizer-keys.ts';
import { deleteCopyPlan, readCopyPlan } from './queries/copy-plans.ts';
import { readEventFingerprint, readEventRecord } from './queries/events.ts';
import { readQuestions } from './queries/questions.ts';
import { readQuotaNames } from './queries/quotas.ts';
import { readTicketTypeWords } from './queries/ticket-types.ts';

/** `eventId` is the original's. */
export type DuplicateEvent = CopiedTimes & { eventId: string; idempotencyKey: string };

export type DuplicateEventOutcome = CreateEventOutcome | { kind: 'refused'; eventId: string; refusal: Refusal };

/**
 * Makes another event like one there is, once per key: its words and terms in one transaction, with a plan of the rest, then
 * ticket types and quotas through the lane of the new event, and its questions. Broken off in between it is a draft that lacks some of them; the
 * repeat goes on by the plan, whatever has become of the original since.
 */
export async function duplicateEvent(catalog: Catalog, request: DuplicateEvent): Promise<DuplicateEventOutcome> {
  const { idempotencyKey, ...asked } = request;
  const eventId = createdId(`${request.eventId}/duplicate`, idempotencyKey);
  const fingerprint = fingerprintOf({ duplicate: asked });
  const existing = await readEventFingerprint(catalog.db, eventId);
  if (existing !== null && existing !== fingerprint) return { kind: 'key_reused', eventId };
  const made = existing === null ? await makeCopy(catalog, request, { eventId, fingerprint }) : replayedEvent(eventId);
  if (made.kind !== 'event') return made;
  const plan = await readCopyPlan(catalog.db, eventId);
  if (!plan) return made;
  const refusal = await copyInto(catalog, eventId, plan);
  if (refusal) return { kind: 'refused', eventId, refusal };
  await deleteCopyPlan(catalog.db, eventId);
  return made;
}

function replayedEvent(eventId: string): CreateEventOutcome {
  return { kind: 'event', eventId, replayed: true };
}

type Copy = { eventId: string; fingerprint: string };

async function makeCopy({ db, ...catalog }: Catalog, request: DuplicateEvent, copy: Copy): Promise<DuplicateEventOutcome> {
  const record = await readEventRecord(db, request.eventId);
  const sale = await readSale(catalog.sales, request.eventId);
  // A test event that is being purged.
  if (!record || !sale) return { kind: 'refused', eventId: request.eventId, refusal: { kind: 'unknown_event' } };
  const copied = copyWords(record.words, request);
  if (copied.kind !== 'words') return copied;
  const { words, shiftMs } = copied;
  const [typeWords, quotaNames] = [await readTicketTypeWords(db, request.eventId), await readQuotaNames(db, request.eventId)];
  const questions = await readQuestions(db, request.eventId, { archived: false });
  const planned = planCopy({ sale, typeWords, quotaNames, questions }, shiftMs);
  if (!planned) return { kind: 'invalid_event', field: '/starts_at', detail: 'moves a time out of the years 1970 to 9999' };
  const asked = { words, currency: sale.currency, terms: planned.terms, isTest: record.isTest, idempotencyKey: null };
  return createEvent({ db, ...catalog }, { ...asked, copy: { ...copy, words, plan: planned.plan } });
}
