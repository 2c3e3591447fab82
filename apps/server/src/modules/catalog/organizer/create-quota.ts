import { CreateQuotaBody, EventParams, problemResponses, QuotaAnswer } from '@tessera/contract';
import { markAnswer, replayed, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { createQuota } from '../create-quota.ts';
import { eventIdOfPath, quotaMembers } from '../parse-ids.ts';
import { presentQuota } from '../present-terms.ts';
import { laneProblems, type InternalContext } from './documents.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  hide: true,
  params: EventParams,
  body: CreateQuotaBody,
  response: {
    200: replayed(QuotaAnswer),
    201: QuotaAnswer,
    ...problemResponses(...laneProblems, 'SALES_CAPACITY_TOO_LOW', 'SALES_TERMS_INVALID'),
  },
};

export function createQuotaRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.post('/internal/events/:id/quotas', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const eventId = eventIdOfPath(request.params.id);
    const { name, capacity } = request.body;
    const ticketTypeIds = quotaMembers(request.body.ticket_type_ids, eventId);
    const outcome = await createQuota(catalog, { eventId, name, capacity, ticketTypeIds, idempotencyKey });
    if (outcome.kind !== 'created') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 201);
    return presentQuota(await requireSale(catalog, eventId), outcome.quotaId, name);
  });
}
