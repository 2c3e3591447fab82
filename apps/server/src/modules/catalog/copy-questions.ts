import type { Catalog } from './catalog.ts';
import type { CopiedQuestion } from './copy-plan.ts';
import { createdId, fingerprintOf } from './organizer-keys.ts';
import { lockEventRecord } from './queries/events.ts';
import { insertQuestion, readQuestion } from './queries/questions.ts';

/**
 * Asks in an event what a plan says, each question once: its id comes from the one that it copies. `copies` are the ticket types
 * of the event by those of the original; a question about types that were not copied is not asked.
 */
export async function copyQuestions(
  { db }: Catalog,
  eventId: string,
  { questions, copies }: { questions: readonly CopiedQuestion[]; copies: ReadonlyMap<string, string> },
): Promise<void> {
  if (questions.length === 0) return;
  await db.transaction(async (tx) => {
    // A test event that is being purged meanwhile.
    if (!(await lockEventRecord(tx, eventId))) return;
    for (const { createdAtMs, ...original } of questions) {
      const ticketTypeIds = original.ticketTypeIds.flatMap((id) => copies.get(id) ?? []);
      const id = createdId(`${eventId}/question`, `copy\n${original.id}`);
      const isForNone = original.ticketTypeIds.length > 0 && ticketTypeIds.length === 0;
      if (isForNone || (await readQuestion(tx, eventId, id))) continue;
      const question = { ...original, id, ticketTypeIds, createdAt: new Date(createdAtMs), archivedAt: null };
      await insertQuestion(tx, eventId, { ...question, fingerprint: fingerprintOf(original) });
    }
  });
}
