import type { ChangeQuestionBody, CreateQuestionBody } from '@tessera/contract';
import { newUuid } from '../../platform/ids/index.ts';
import { readSale } from '../sales/index.ts';
import type { Member, Organizations } from '../organizations/index.ts';
import type { Catalog } from './catalog.ts';
import { mergeQuestion, type KnownTypes } from './merge-question.ts';
import { createdId, fingerprintOf } from './organizer-keys.ts';
import { noSuchEvent } from './parse-ids.ts';
import { presentOrganizerQuestion } from './present-question.ts';
import { lockEventRecord } from './queries/events.ts';
import {
  countQuestions,
  insertQuestion,
  readQuestion,
  readQuestionFingerprint,
  updateQuestion,
  type QuestionRecord,
} from './queries/questions.ts';
import { recordedChange } from './recorded-change.ts';

/** More than that nobody answers. */
export const QUESTIONS_MAX = 50;
/** Archived ones included, which stay as long as answers do. */
export const QUESTIONS_EVER_MAX = 500;

/** Who asks for what; the event is the organization's own. */
export type Asking = { organizations: Organizations; member: Member; eventId: string };

export type CreateQuestionOutcome =
  | { kind: 'question'; question: QuestionRecord; replayed: boolean }
  | { kind: 'key_reused' }
  | { kind: 'too_many' };

/** Adds a question, once per key; without a key, once per call. */
export async function createQuestion(
  catalog: Catalog,
  { organizations, member, eventId }: Asking,
  { body, idempotencyKey }: { body: CreateQuestionBody; idempotencyKey: string | null },
): Promise<CreateQuestionOutcome> {
  const { db, clock } = catalog;
  const nowMs = clock.nowMs();
  const id = idempotencyKey === null ? newUuid(nowMs) : createdId(`${eventId}/question`, idempotencyKey);
  const fingerprint = fingerprintOf(body);
  const question = mergeQuestion(blank(body, id, new Date(nowMs)), body, await knownTypes(catalog, eventId));
  return db.transaction<CreateQuestionOutcome>(async (tx) => {
    if (!(await lockEventRecord(tx, eventId))) throw noSuchEvent();
    const before = await readQuestion(tx, eventId, id);
    if (before) {
      const isSame = (await readQuestionFingerprint(tx, eventId, id)) === fingerprint;
      return isSame ? { kind: 'question', question: before, replayed: true } : { kind: 'key_reused' };
    }
    const { asked, all } = await countQuestions(tx, eventId);
    if (asked >= QUESTIONS_MAX || all >= QUESTIONS_EVER_MAX) return { kind: 'too_many' };
    await insertQuestion(tx, eventId, { ...question, fingerprint });
    const after = presentOrganizerQuestion(eventId, question);
    await organizations.recordAction(tx, member, { what: 'question.created', subjectId: id, before: null, after });
    return { kind: 'question', question, replayed: false };
  });
}

/** Changes a question, but not its kind. Null if there is no such question. */
export async function changeQuestion(
  catalog: Catalog,
  asking: Asking & { questionId: string },
  body: ChangeQuestionBody,
): Promise<QuestionRecord | null> {
  const known = await knownTypes(catalog, asking.eventId);
  return rewrite(catalog, { ...asking, what: 'question.changed' }, (before) => mergeQuestion(before, body, known));
}

/** Asks it no more; answers keep it. Null if there is no such question. */
export async function archiveQuestion(catalog: Catalog, asking: Asking & { questionId: string }): Promise<QuestionRecord | null> {
  const archivedAt = new Date(catalog.clock.nowMs());
  const change = (before: QuestionRecord) => ({ ...before, archivedAt: before.archivedAt ?? archivedAt });
  return rewrite(catalog, { ...asking, what: 'question.archived' }, change);
}

async function rewrite(
  { db }: Catalog,
  { organizations, member, eventId, questionId, what }: Asking & { questionId: string; what: string },
  change: (before: QuestionRecord) => QuestionRecord,
): Promise<QuestionRecord | null> {
  return db.transaction(async (tx) => {
    if (!(await lockEventRecord(tx, eventId))) throw noSuchEvent();
    const before = await readQuestion(tx, eventId, questionId);
    if (!before) return null;
    const after = change(before);
    const recorded = recordedChange(presentOrganizerQuestion(eventId, before), presentOrganizerQuestion(eventId, after));
    if (!recorded) return before;
    await updateQuestion(tx, eventId, after);
    await organizations.recordAction(tx, member, { what, subjectId: questionId, ...recorded });
    return after;
  });
}

function blank({ label, kind }: CreateQuestionBody, id: string, createdAt: Date): QuestionRecord {
  const unasked = { help: '', options: [], required: false, askedPer: 'booking', ticketTypeIds: [], position: 0 } as const;
  return { id, label, kind, ...unasked, createdAt, archivedAt: null };
}

async function knownTypes({ sales }: Catalog, eventId: string): Promise<KnownTypes> {
  const sale = await readSale(sales, eventId);
  return { eventId, ticketTypeIds: new Set(sale?.ticketTypes.map(({ id }) => id)) };
}
