import {
  BODY_PROBLEMS,
  EventParams,
  MEMBER_PROBLEMS,
  OwnEventPath,
  problemResponses,
  RefundPolicy,
  RefundPolicyBody,
} from '@tessera/contract';
import { idempotencyKeyOf, NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { newUuid, parseId } from '../../../platform/ids/index.ts';
import { requireOwnEvent } from '../../catalog/index.ts';
import type { Action, Member } from '../../organizations/index.ts';
import { isEventPublic } from '../../sales/index.ts';
import { deletePolicy, readPolicy, writePolicy, type RefundPolicy as Policy } from '../queries/policies.ts';
import { common, type OrganizerRoutes } from './organizer-context.ts';

const OWN_PATH = '/api/v1/organizations/:id/events/:event_id/refund-policy';

const read = {
  operationId: 'readRefundPolicy',
  summary: 'What buyers may give back by themselves',
  tags: ['events'],
  params: EventParams,
  response: { 200: RefundPolicy, ...problemResponses('NOT_FOUND', 'UNAVAILABLE') },
};

const set = {
  ...common,
  operationId: 'setRefundPolicy',
  summary: 'Let buyers give tickets back by themselves',
  description: 'It holds from now on, for what is sold already, too.',
  params: OwnEventPath,
  body: RefundPolicyBody,
  response: { 200: RefundPolicy, ...problemResponses(...MEMBER_PROBLEMS, ...BODY_PROBLEMS) },
};

const end = {
  ...common,
  operationId: 'endRefundPolicy',
  summary: 'Let buyers give nothing back by themselves any more',
  params: OwnEventPath,
  response: { 204: NoContent, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function refundPolicyRoutes(http: HttpServer, context: OrganizerRoutes): void {
  const { payments, organizations } = context;
  const { db } = payments;
  http.get('/api/v1/events/:id/refund-policy', { schema: read, config: { audience: 'public' } }, async (request) => {
    const eventId = parseId('evt', request.params.id);
    if (eventId === null || !(await isEventPublic(payments.sales, eventId)))
      throw problem('NOT_FOUND', { detail: 'There is no such event.' });
    return present(await readPolicy(db, eventId));
  });

  http.put(OWN_PATH, { schema: set, config: { permission: 'events.change' } }, async (request) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    // A repeat sets the same again; what is sent as a key must be one all the same.
    idempotencyKeyOf(request);
    const { until_hours_before: untilHoursBefore, percent, keep_fees: keepFees } = request.body;
    const policy = { untilHoursBefore, percent, keepFees };
    const before = await readPolicy(db, eventId);
    await writePolicy(db, eventId, policy);
    await record(member, { what: 'refund_policy.set', subjectId: eventId, before, after: policy });
    return present(policy);
  });

  http.delete(OWN_PATH, { schema: end, config: { permission: 'events.change' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const before = await readPolicy(db, eventId);
    await deletePolicy(db, eventId);
    if (before) await record(member, { what: 'refund_policy.ended', subjectId: eventId, before, after: null });
    return reply.code(204).send(null);
  });

  /** Right after it: rows of an event and those of an organization share no transaction (decision 17). */
  function record(member: Member, action: Action): Promise<void> {
    return organizations.recordActionOnce(member, action, `refund policy ${newUuid(payments.clock.nowMs())}`);
  }
}

function present(policy: Policy | null): RefundPolicy {
  if (policy === null) return { buyers_may_refund: false, policy: null };
  const { untilHoursBefore, percent, keepFees } = policy;
  return { buyers_may_refund: true, policy: { until_hours_before: untilHoursBefore, percent, keep_fees: keepFees } };
}
