import { MEMBER_PROBLEMS, OwnEventPath, problemResponses, QuotaList } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { presentQuota } from '../present-terms.ts';
import { readQuotaNames } from '../queries/quotas.ts';
import { common, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { requireSale } from './require-sale.ts';

const schema = {
  ...common,
  operationId: 'listQuotas',
  summary: 'The quotas of an event, with every counter',
  params: OwnEventPath,
  response: { 200: QuotaList, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function listQuotasRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.read' } as const;
  http.get('/api/v1/organizations/:id/events/:event_id/quotas', { schema, config }, async (request) => {
    const { eventId } = await requireOwnEvent(context, request);
    const sale = await requireSale(context.catalog, eventId);
    const names = await readQuotaNames(context.catalog.db, eventId);
    return { data: sale.quotas.map(({ id }) => presentQuota(sale, id, names.get(id) ?? '')) };
  });
}
