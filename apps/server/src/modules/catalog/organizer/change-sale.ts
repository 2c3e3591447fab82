import { ChangeSaleBody, OwnEventPath, problemResponses, SaleAnswer } from '@tessera/contract';
import { invalidField, markAnswer, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../../sales/index.ts';
import { cancelEvent } from '../cancel-event.ts';
import { changeSale } from '../change-sale.ts';
import { presentSale } from '../present-terms.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { recordChange } from './record-change.ts';
import { requireSale } from './require-sale.ts';
import { saleChanges } from './terms-of-body.ts';

const schema = {
  ...common,
  operationId: 'changeSale',
  summary: 'Change the terms and the state of a sale',
  description:
    'What is held keeps its price. A draft becomes scheduled (with publish_at), published or on_sale; on_sale and paused follow each other, ended may be put on_sale again; cancelled and archived are for good. Whoever cancels may say why: `reason` is shown from that moment.',
  params: OwnEventPath,
  body: ChangeSaleBody,
  response: { 200: SaleAnswer, ...problemResponses(...laneProblems, 'SALES_WRONG_EVENT_STATE', 'SALES_TERMS_INVALID') },
};

export function changeSaleRoute(http: HttpServer, context: OrganizerContext): void {
  const config = { permission: 'events.change' } as const;
  http.patch('/api/v1/organizations/:id/events/:event_id/sale', { schema, config }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const changes = saleChanges(request.body, { eventId });
    const { reason } = request.body;
    if (reason !== undefined && changes.state !== 'cancelled') throw invalidField('/reason', 'is for an event that is being cancelled');
    const asked = { eventId, changes, idempotencyKey };
    const outcome = await (reason === undefined ? changeSale(context.catalog, asked) : cancelEvent(context.catalog, { ...asked, reason }));
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    const { before } = outcome;
    const after = { ...changes, ...(reason !== undefined && { cancellationReason: reason }) };
    await recordChange(context, member, { eventId, idempotencyKey, what: 'sale.changed', before, after });
    markAnswer(reply, outcome.replayed, 200);
    return presentSale(await requireSale(context.catalog, eventId));
  });
}
