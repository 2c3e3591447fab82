import type { Queryable, Tx } from '../../../platform/db/index.ts';

export type QuestionKind = 'text' | 'long_text' | 'number' | 'choice' | 'choices' | 'yes_no' | 'date' | 'email' | 'phone' | 'country';

/** What buyers of an event are asked. */
export type QuestionRecord = {
  id: string;
  label: string;
  help: string;
  kind: QuestionKind;
  options: readonly string[];
  required: boolean;
  askedPer: 'booking' | 'ticket';
  /** Empty: whatever the ticket type. */
  ticketTypeIds: readonly string[];
  position: number;
  createdAt: Date;
  archivedAt: Date | null;
};

const COLUMNS = `question_id as id, label, help, kind, options, required, asked_per as "askedPer", ticket_type_ids as "ticketTypeIds", position,
  created_at as "createdAt", archived_at as "archivedAt"`;

/** The questions of an event in the organizer's order. */
export async function readQuestions(on: Queryable, eventId: string, { archived }: { archived: boolean }): Promise<QuestionRecord[]> {
  return on.query<QuestionRecord>(
    `select ${COLUMNS} from catalog.questions where event_id = $1 and ($2 or archived_at is null) order by position, created_at, question_id`,
    [eventId, archived],
  );
}

export async function readQuestion(on: Queryable, eventId: string, id: string): Promise<QuestionRecord | null> {
  const text = `select ${COLUMNS} from catalog.questions where event_id = $1 and question_id = $2`;
  return (await on.query<QuestionRecord>(text, [eventId, id]))[0] ?? null;
}

export async function readQuestionFingerprint(on: Queryable, eventId: string, id: string): Promise<string | null> {
  const text = 'select fingerprint from catalog.questions where event_id = $1 and question_id = $2';
  return (await on.query<{ fingerprint: string }>(text, [eventId, id]))[0]?.fingerprint ?? null;
}

export type QuestionCounts = { asked: number; all: number };

export async function countQuestions(on: Queryable, eventId: string): Promise<QuestionCounts> {
  const text = `select count(*)::int as "all", (count(*) filter (where archived_at is null))::int as asked from catalog.questions where event_id = $1`;
  return (await on.query<QuestionCounts>(text, [eventId]))[0] ?? { asked: 0, all: 0 };
}

/** Inserts a question of an event whose row is locked. */
export async function insertQuestion(tx: Tx, eventId: string, question: QuestionRecord & { fingerprint: string }): Promise<void> {
  const { id, label, help, kind, options, required, askedPer, ticketTypeIds, position } = question;
  await tx.query(
    `insert into catalog.questions (event_id, question_id, label, help, kind, options, required, asked_per, ticket_type_ids, position,
       fingerprint, created_at, archived_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[eventId, id, label, help, kind, options, required, askedPer, ticketTypeIds, position],
      ...[question.fingerprint, question.createdAt, question.archivedAt],
    ],
  );
  await countAgain(tx, eventId);
}

/** Writes a question of an event whose row is locked. */
export async function updateQuestion(tx: Tx, eventId: string, question: QuestionRecord): Promise<void> {
  const { id, label, help, options, required, askedPer, ticketTypeIds, position, archivedAt } = question;
  await tx.query(
    `update catalog.questions set label = $3, help = $4, options = $5, required = $6, asked_per = $7, ticket_type_ids = $8, position = $9,
       archived_at = $10 where event_id = $1 and question_id = $2`,
    [eventId, id, label, help, options, required, askedPer, ticketTypeIds, position, archivedAt],
  );
  await countAgain(tx, eventId);
}

/** What the event's page shows has changed, and so has perhaps whether there is anything to be read. */
async function countAgain(tx: Tx, eventId: string): Promise<void> {
  await tx.query(
    `update catalog.events set words_version = words_version + 1,
       questions = (select count(*) from catalog.questions where event_id = $1 and archived_at is null) where event_id = $1`,
    [eventId],
  );
}
