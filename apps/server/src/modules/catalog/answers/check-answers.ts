import type { QuestionRecord } from '../queries/questions.ts';
import type { Answer } from './answer.ts';
import { VALUE_RULES } from './value-rules.ts';

/** Of whom is asked: of a booking with these ticket types in it, or of one ticket. */
export type Respondent = { per: 'booking'; ticketTypeIds: readonly string[] } | { per: 'ticket'; ticketTypeId: string };

/** The questions are all of the event, archived ones too, so that those can be told from what nobody ever asked. */
export type CheckAnswers = { questions: readonly QuestionRecord[]; respondent: Respondent; answers: readonly Answer[] };

/** Which of the answers is refused, by its place in the list, and why. */
export type AnswerProblem = { index: number; detail: string };

export type CheckedAnswers = {
  problems: AnswerProblem[];
  /** Required questions without an answer that fits, in the organizer's order. */
  missing: QuestionRecord[];
};

/**
 * Holds answers against the questions of an event. It stands beside the questions, whose kinds it must know, and not in the
 * contract: what a buyer may answer depends on data of the event. Options may have changed since an answer was given; it is
 * then refused, and missing where it is required.
 */
export function checkAnswers({ questions, respondent, answers }: CheckAnswers): CheckedAnswers {
  const known = new Map(questions.map((question) => [question.id, question]));
  const answered = new Set<string>();
  const fitting = new Set<string>();
  const problems: AnswerProblem[] = [];
  answers.forEach((answer, index) => {
    const detail = problemOf(answer, known.get(answer.questionId), { respondent, answered });
    answered.add(answer.questionId);
    if (detail === null) fitting.add(answer.questionId);
    else problems.push({ index, detail });
  });
  const missing = questionsFor(questions, respondent).filter((question) => question.required && !fitting.has(question.id));
  return { problems, missing };
}

/** What is asked of somebody, in the organizer's order. */
export function questionsFor(questions: readonly QuestionRecord[], respondent: Respondent): QuestionRecord[] {
  return questions.filter((question) => question.archivedAt === null && isFor(question, respondent));
}

type Before = { respondent: Respondent; answered: ReadonlySet<string> };

function problemOf({ value }: Answer, question: QuestionRecord | undefined, { respondent, answered }: Before): string | null {
  if (!question) return 'answers no question of this event';
  if (answered.has(question.id)) return 'answers a question that is answered before';
  if (question.archivedAt !== null) return 'answers a question that is asked no more';
  if (question.askedPer !== respondent.per) return `answers a question that is asked once for each ${question.askedPer}`;
  if (!isFor(question, respondent)) return 'answers a question that is for other ticket types';
  return VALUE_RULES[question.kind](value, question.options);
}

function isFor({ askedPer, ticketTypeIds }: QuestionRecord, respondent: Respondent): boolean {
  if (askedPer !== respondent.per) return false;
  if (ticketTypeIds.length === 0) return true;
  if (respondent.per === 'ticket') return ticketTypeIds.includes(respondent.ticketTypeId);
  return respondent.ticketTypeIds.some((id) => ticketTypeIds.includes(id));
}
