import { ChangeQuotaBody, problemResponses, QuotaAnswer, QuotaParams } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { changeQuota } from '../change-quota.ts';
import { quotaIdOfPath, quotaMembers } from '../parse-ids.ts';
import { presentQuota } from '../present-terms.ts';
import { readQuotaName } from '../queries/quotas.ts';
import { laneProblems, type InternalContext } from './documents.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  hide: true,
  params: QuotaParams,
  body: ChangeQuotaBody,
  response: { 200: QuotaAnswer, ...problemResponses(...laneProblems, 'SALES_CAPACITY_TOO_LOW', 'SALES_TERMS_INVALID') },
};

export function changeQuotaRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.patch('/internal/quotas/:id', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const { eventId, id: quotaId } = quotaIdOfPath(request.params.id);
    const { capacity = null, ticket_type_ids: members } = request.body;
    const ticketTypeIds = members === undefined ? null : quotaMembers(members, eventId);
    const outcome = await changeQuota(catalog, { eventId, quotaId, capacity, ticketTypeIds, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 200);
    const name = (await readQuotaName(catalog.db, eventId, quotaId)) ?? '';
    return presentQuota(await requireSale(catalog, eventId), quotaId, name);
  });
}
