import type { OrganizerQuestion, Question } from '@tessera/contract';
import { formatCellId } from '../../platform/ids/index.ts';
import type { QuestionRecord } from './queries/questions.ts';

/** A question as buyers see it. */
export function presentQuestion(eventId: string, question: QuestionRecord): Question {
  const { id, label, help, kind, options, required, askedPer, ticketTypeIds, position } = question;
  return {
    id: formatCellId('que', eventId, id),
    label,
    help,
    kind,
    options: [...options],
    required,
    asked_per: askedPer,
    ticket_type_ids: ticketTypeIds.map((typeId) => formatCellId('typ', eventId, typeId)),
    position,
  };
}

export function presentOrganizerQuestion(eventId: string, question: QuestionRecord): OrganizerQuestion {
  return { ...presentQuestion(eventId, question), archived_at: question.archivedAt?.toISOString() ?? null };
}
