import {
  ChangeQuestionBody,
  CreateQuestionBody,
  MEMBER_PROBLEMS,
  OrganizerQuestion,
  OrganizerQuestionList,
  OwnEventPath,
  problemResponses,
  QuestionPath,
} from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import { idempotencyKeyOf, markAnswer, NoContent, problem, replayed, type HttpServer } from '../../../platform/http/index.ts';
import { parseCellId } from '../../../platform/ids/index.ts';
import { presentOrganizerQuestion } from '../present-question.ts';
import { readQuestions } from '../queries/questions.ts';
import {
  archiveQuestion,
  changeQuestion,
  createQuestion,
  QUESTIONS_EVER_MAX,
  QUESTIONS_MAX,
  type Asking,
  type CreateQuestionOutcome,
} from '../write-questions.ts';
import { changeProblems, common, writeProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';

const listSchema = {
  ...common,
  operationId: 'listQuestions',
  summary: 'What buyers of an event are asked, archived questions too',
  params: OwnEventPath,
  response: { 200: OrganizerQuestionList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const createSchema = {
  ...common,
  operationId: 'createQuestion',
  summary: 'Ask buyers something',
  params: OwnEventPath,
  body: CreateQuestionBody,
  response: {
    200: replayed(OrganizerQuestion),
    201: OrganizerQuestion,
    ...problemResponses(...writeProblems, 'CATALOG_TOO_MANY'),
  },
};

const changeSchema = {
  ...common,
  operationId: 'changeQuestion',
  summary: 'Change a question, but not its kind',
  params: QuestionPath,
  body: ChangeQuestionBody,
  response: { 200: OrganizerQuestion, ...problemResponses(...changeProblems) },
};

const archiveSchema = {
  ...common,
  operationId: 'archiveQuestion',
  summary: 'Ask it no more',
  description: 'Answers keep it.',
  params: QuestionPath,
  response: { 204: NoContent, ...problemResponses(...MEMBER_PROBLEMS) },
};

const ALL = '/api/v1/organizations/:id/events/:event_id/questions';
const ONE = '/api/v1/organizations/:id/events/:event_id/questions/:question_id';

export function questionRoutes(http: HttpServer, context: OrganizerContext): void {
  const { catalog } = context;
  const [reads, changes] = [{ permission: 'events.read' }, { permission: 'events.change' }] as const;
  http.get(ALL, { schema: listSchema, config: reads }, async (request) => {
    const { eventId } = await askingOf(context, request);
    const questions = await readQuestions(catalog.db, eventId, { archived: true });
    return { data: questions.map((question) => presentOrganizerQuestion(eventId, question)) };
  });
  http.post(ALL, { schema: createSchema, config: changes }, async (request, reply) => {
    const asking = await askingOf(context, request);
    const idempotencyKey = idempotencyKeyOf(request);
    const { question, replayed: isRepeat } = created(await createQuestion(catalog, asking, { body: request.body, idempotencyKey }));
    markAnswer(reply, isRepeat, 201);
    return presentOrganizerQuestion(asking.eventId, question);
  });
  http.patch(ONE, { schema: changeSchema, config: changes }, async (request) => {
    const asking = await askingOf(context, request);
    const questionId = questionIdOf(request.params.question_id, asking.eventId);
    const question = await changeQuestion(catalog, { ...asking, questionId }, request.body);
    if (!question) throw noSuchQuestion();
    return presentOrganizerQuestion(asking.eventId, question);
  });
  http.delete(ONE, { schema: archiveSchema, config: changes }, async (request, reply) => {
    const asking = await askingOf(context, request);
    const questionId = questionIdOf(request.params.question_id, asking.eventId);
    if (!(await archiveQuestion(catalog, { ...asking, questionId }))) throw noSuchQuestion();
    return reply.code(204).send(null);
  });
}

/** Who asks, about which event of their own. */
async function askingOf(context: OrganizerContext, request: FastifyRequest): Promise<Asking> {
  return { organizations: context.organizations, ...(await requireOwnEvent(context, request)) };
}

function created(outcome: CreateQuestionOutcome): Extract<CreateQuestionOutcome, { kind: 'question' }> {
  switch (outcome.kind) {
    case 'question':
      return outcome;
    case 'key_reused':
      throw problem('IDEMPOTENCY_KEY_REUSED');
    case 'too_many':
      throw problem('CATALOG_TOO_MANY', {
        detail: `Archive one: at most ${QUESTIONS_MAX} are asked. With those that were archived there are at most ${QUESTIONS_EVER_MAX}.`,
      });
  }
}

function questionIdOf(text: string, eventId: string): string {
  const ids = parseCellId('que', text);
  if (ids?.eventId !== eventId) throw noSuchQuestion();
  return ids.id;
}

function noSuchQuestion(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such question.' });
}
