import { ChangeSaleBody, EventParams, problemResponses, SaleAnswer } from '@tessera/contract';
import { markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { changeSale } from '../change-sale.ts';
import { eventIdOfPath } from '../parse-ids.ts';
import { presentSale } from '../present-terms.ts';
import { laneProblems, type InternalContext } from './documents.ts';
import { requireSale } from './require-sale.ts';
import { saleChanges } from './terms-of-body.ts';

const schema = {
  hide: true,
  params: EventParams,
  body: ChangeSaleBody,
  response: { 200: SaleAnswer, ...problemResponses(...laneProblems, 'SALES_WRONG_EVENT_STATE', 'SALES_TERMS_INVALID') },
};

export function changeSaleRoute(http: HttpServer, { catalog, requireSecret }: InternalContext): void {
  http.patch('/internal/events/:id/sale', { schema, onRequest: requireSecret }, async (request, reply) => {
    const idempotencyKey = requireIdempotencyKey(request);
    const eventId = eventIdOfPath(request.params.id);
    const outcome = await changeSale(catalog, { eventId, changes: saleChanges(request.body), idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    markAnswer(reply, outcome.replayed, 200);
    return presentSale(await requireSale(catalog, eventId));
  });
}
