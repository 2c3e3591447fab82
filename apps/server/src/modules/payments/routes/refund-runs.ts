import {
  BeginRefundRunBody,
  BOOKING_MONEY_PAGE_DEFAULT,
  ListRunBookingsQuery,
  MEMBER_PROBLEMS,
  OwnEventPath,
  problemResponses,
  RefundRun,
  RefundRunList,
  RefundRunPath,
  RunBookingList,
} from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { invalidField, markAnswer, problem, replayed, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { formatCellId, parseCellId } from '../../../platform/ids/index.ts';
import { instantMs, requireOwnEvent } from '../../catalog/index.ts';
import type { Member } from '../../organizations/index.ts';
import { listRunBookings } from '../queries/refund-run-bookings.ts';
import { countRunBookings, readRun, readRuns } from '../queries/refund-runs.ts';
import { beginRun, type BegunRun } from '../runs/begin-run.ts';
import { presentRun } from '../runs/present-run.ts';
import type { RefundRun as Run, RunTerms } from '../runs/refund-run.ts';
import { common, laneProblems, type OrganizerRoutes } from './organizer-context.ts';

const PATH = '/api/v1/organizations/:id/events/:event_id/refund-runs';

const begin = {
  ...common,
  operationId: 'beginRefundRun',
  summary: 'Give all bookings of an event back, or let buyers choose',
  description:
    'It is carried on by itself, page by page, until it is done; ask for its progress. Bookings that were not paid online are counted as failed: pay them out where they were paid. `reason` of a refusal is event_not_cancelled, run_under_way or too_late.',
  params: OwnEventPath,
  body: BeginRefundRunBody,
  response: { 200: replayed(RefundRun), 201: RefundRun, ...problemResponses(...laneProblems, 'PAYMENTS_REFUND_RUN_REFUSED') },
};

const list = {
  ...common,
  operationId: 'listRefundRuns',
  summary: 'The mass refunds of an event, the last first',
  params: OwnEventPath,
  response: { 200: RefundRunList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const read = {
  ...common,
  operationId: 'readRefundRun',
  summary: 'How far a mass refund has come',
  params: RefundRunPath,
  response: { 200: RefundRun, ...problemResponses(...MEMBER_PROBLEMS) },
};

const bookings = {
  ...common,
  operationId: 'listRunBookings',
  summary: 'The bookings of a mass refund in one state',
  params: RefundRunPath,
  querystring: ListRunBookingsQuery,
  response: { 200: RunBookingList, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function refundRunRoutes(http: HttpServer, context: OrganizerRoutes): void {
  const { payments } = context;
  const { db } = payments;
  http.post(PATH, { schema: begin, config: { permission: 'refunds.create' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const terms = termsOfBody(request.body);
    const begun = await beginRun(payments, { eventId, terms, createdBy: doerOf(member), idempotencyKey });
    if (begun.kind !== 'run') throw refused(begun);
    const action = { what: 'refund_run.begun', subjectId: eventId, before: null, after: terms };
    await context.organizations.recordActionOnce(member, action, `refund run ${begun.run.id}`);
    markAnswer(reply, begun.replayed, 201);
    return answer(begun.run);
  });

  const config = { permission: 'bookings.read' } as const;
  http.get(PATH, { schema: list, config }, async (request) => {
    const { eventId } = await requireOwnEvent(context, request);
    return { data: await Promise.all((await readRuns(db, eventId)).map(answer)) };
  });

  http.get(`${PATH}/:run_id`, { schema: read, config }, async (request) => answer(await requireRun(request)));

  http.get(`${PATH}/:run_id/bookings`, { schema: bookings, config }, async (request) => {
    const run = await requireRun(request);
    const { state, limit = BOOKING_MONEY_PAGE_DEFAULT, starting_after: text } = request.query;
    const after = text === undefined ? null : parseCellId('bkg', text);
    if (text !== undefined && after?.eventId !== run.eventId) {
      throw invalidField('/query/starting_after', 'must be the id of a booking of this event');
    }
    const found = await listRunBookings(db, run, { state, after: after?.id ?? null, limit: limit + 1 });
    const data = found.slice(0, limit).map(({ id, detail }) => ({ booking_id: formatCellId('bkg', run.eventId, id), detail }));
    return { data, has_more: found.length > limit };
  });

  async function requireRun(request: FastifyRequest): Promise<Run> {
    const { eventId } = await requireOwnEvent(context, request);
    const ids = parseCellId('rfr', (request.params as { run_id: string }).run_id);
    const run = ids?.eventId === eventId ? await readRun(db, eventId, ids.id) : null;
    if (!run) throw problem('NOT_FOUND', { detail: 'There is no such mass refund in this event.' });
    return run;
  }

  async function answer(run: Run): Promise<RefundRun> {
    return presentRun(run, await countRunBookings(db, run.eventId, run.id));
  }
}

function termsOfBody(body: Static<typeof BeginRefundRunBody>): RunTerms {
  const { choice, decide_until: until, default: byDefault, keep_fees: keepFees = false, restock = false } = body;
  if (choice === 'refund_all') {
    if (until !== undefined) throw invalidField('/decide_until', 'is for keep_or_refund');
    if (byDefault === 'keep') throw invalidField('/default', 'is for keep_or_refund');
    return { choice, byDefault: 'refund', decideUntilMs: null, keepFees, restock };
  }
  if (until === undefined) throw invalidField('/decide_until', 'is required with keep_or_refund');
  return { choice, byDefault: byDefault ?? 'keep', decideUntilMs: instantMs(until, '/decide_until'), keepFees, restock };
}

function doerOf({ actor }: Member): string {
  return actor.kind === 'key' ? `key ${actor.keyId}` : actor.kind === 'person' ? `person ${actor.personId}` : 'platform';
}

const DETAILS = {
  event_not_cancelled: 'The event is not cancelled: cancel it first, or let buyers choose.',
  run_under_way: 'Another mass refund of the event is under way.',
  too_late: 'The time until which buyers may choose has passed.',
} as const;

function refused(begun: Exclude<BegunRun, { kind: 'run' }>): Error {
  if (begun.kind === 'key_reused') return problem('IDEMPOTENCY_KEY_REUSED');
  return problem('PAYMENTS_REFUND_RUN_REFUSED', { detail: DETAILS[begun.reason], extensions: { reason: begun.reason } });
}
