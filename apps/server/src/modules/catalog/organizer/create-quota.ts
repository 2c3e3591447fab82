import { CreateQuotaBody, OwnEventPath, problemResponses, QuotaAnswer } from '@tessera/contract';
import { markAnswer, replayed, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { createQuota } from '../create-quota.ts';
import { ticketTypeIdsOfBody } from '../parse-ids.ts';
import { presentQuota } from '../present-terms.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { recordChange } from './record-change.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  ...common,
  operationId: 'createQuota',
  summary: 'Cap several ticket types together',
  params: OwnEventPath,
  body: CreateQuotaBody,
  response: {
    200: replayed(QuotaAnswer),
    201: QuotaAnswer,
    ...problemResponses(...laneProblems, 'SALES_CAPACITY_TOO_LOW', 'SALES_TERMS_INVALID'),
  },
};

export function createQuotaRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.change' } as const;
  http.post('/api/v1/organizations/:id/events/:event_id/quotas', { schema, config }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const { name, capacity } = request.body;
    const ticketTypeIds = ticketTypeIdsOfBody(request.body.ticket_type_ids, eventId, '/ticket_type_ids');
    const outcome = await createQuota(context.catalog, { eventId, name, capacity, ticketTypeIds, idempotencyKey });
    if (outcome.kind !== 'created') throw problemOfRefusal(eventId, outcome);
    const { quotaId } = outcome;
    const after = { name, capacity, ticketTypeIds };
    await recordChange(context, member, { eventId, idempotencyKey, what: 'quota.created', quotaId, before: null, after });
    markAnswer(reply, outcome.replayed, 201);
    return presentQuota(await requireSale(context.catalog, eventId), quotaId, name);
  });
}
