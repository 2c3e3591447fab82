import { ChangeQuotaBody, OwnQuotaPath, problemResponses, QuotaAnswer } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { changeQuota } from '../change-quota.ts';
import { quotaIdOfPath, ticketTypeIdsOfBody } from '../parse-ids.ts';
import { presentQuota } from '../present-terms.ts';
import { readQuotaNames } from '../queries/quotas.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { recordChange } from './record-change.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  ...common,
  operationId: 'changeQuota',
  summary: 'Change the capacity, the ticket types or the name of a quota',
  params: OwnQuotaPath,
  body: ChangeQuotaBody,
  response: { 200: QuotaAnswer, ...problemResponses(...laneProblems, 'SALES_CAPACITY_TOO_LOW', 'SALES_TERMS_INVALID') },
};

export function changeQuotaRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.change' } as const;
  http.patch('/api/v1/organizations/:id/events/:event_id/quotas/:quota_id', { schema, config }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const quotaId = quotaIdOfPath(request.params.quota_id, eventId);
    const idempotencyKey = requireIdempotencyKey(request);
    const { capacity = null, name = null, ticket_type_ids: members } = request.body;
    const ticketTypeIds = members === undefined ? null : ticketTypeIdsOfBody(members, eventId, '/ticket_type_ids');
    const outcome = await changeQuota(context.catalog, { eventId, quotaId, capacity, ticketTypeIds, name, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    const { before } = outcome;
    const after = {
      ...(capacity !== null && { capacity }),
      ...(ticketTypeIds !== null && { ticketTypeIds }),
      ...(name !== null && { name }),
    };
    await recordChange(context, member, { eventId, idempotencyKey, what: 'quota.changed', quotaId, before, after });
    markAnswer(reply, outcome.replayed, 200);
    const names = await readQuotaNames(context.catalog.db, eventId);
    return presentQuota(await requireSale(context.catalog, eventId), quotaId, names.get(quotaId) ?? '');
  });
}
