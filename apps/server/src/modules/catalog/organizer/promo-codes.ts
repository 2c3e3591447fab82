import {
  ChangePromoCodeBody,
  CreatePromoCodeBody,
  ListPromoCodesQuery,
  MEMBER_PROBLEMS,
  OwnEventPath,
  OwnPromoCodePath,
  problemResponses,
  PromoCodeAnswer,
  PromoCodeList,
} from '@tessera/contract';
import { markAnswer, problem, replayed, requireIdempotencyKey, type HttpServer } from '../../../platform/http/index.ts';
import { listPromoCodes, problemOfRefusal, readPromoCode } from '../../sales/index.ts';
import type { Catalog } from '../catalog.ts';
import { changePromoCode } from '../change-promo-code.ts';
import { createPromoCode } from '../create-promo-code.ts';
import { presentPromoCode } from '../present-promo-code.ts';
import { common, laneProblems, type OrganizerContext } from './documents.ts';
import { requireOwnEvent } from './own-event.ts';
import { promoChanges, promoTerms } from './promo-terms-of-body.ts';
import { recordChange } from './record-change.ts';

const PATH = '/api/v1/organizations/:id/events/:event_id/promo-codes';
const CODES_SHOWN = 50;

const list = {
  ...common,
  operationId: 'listPromoCodes',
  summary: 'Promo codes of an event, by name',
  params: OwnEventPath,
  querystring: ListPromoCodesQuery,
  response: { 200: PromoCodeList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const create = {
  ...common,
  operationId: 'createPromoCode',
  summary: 'Make a promo code',
  description: 'Codes are compared without regard to case. Whether a code is limited for each buyer is set once.',
  params: OwnEventPath,
  body: CreatePromoCodeBody,
  response: {
    200: replayed(PromoCodeAnswer),
    201: PromoCodeAnswer,
    ...problemResponses(...laneProblems, 'SALES_PROMO_CODE_EXISTS', 'SALES_TERMS_INVALID'),
  },
};

const change = {
  ...common,
  operationId: 'changePromoCode',
  summary: 'Change where, when and how often a promo code can be used',
  description: 'What is held with it keeps its price.',
  params: OwnPromoCodePath,
  body: ChangePromoCodeBody,
  response: { 200: PromoCodeAnswer, ...problemResponses(...laneProblems, 'SALES_USES_TOO_LOW', 'SALES_TERMS_INVALID') },
};

export function promoCodeRoutes(http: HttpServer, context: OrganizerContext): void {
  const { catalog } = context;
  http.get(PATH, { schema: list, config: { permission: 'events.change' } }, async (request) => {
    const { eventId } = await requireOwnEvent(context, request);
    const { limit = CODES_SHOWN, starting_after: after = '' } = request.query;
    const found = await listPromoCodes(catalog.sales, { eventId, after: after.toUpperCase(), limit: limit + 1 });
    return { data: found.slice(0, limit).map((promo) => presentPromoCode(eventId, promo)), has_more: found.length > limit };
  });

  http.post(PATH, { schema: create, config: { permission: 'events.change' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const code = request.body.code.toUpperCase();
    const terms = promoTerms(request.body, eventId);
    const outcome = await createPromoCode(catalog, { eventId, code, terms, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    await recordChange(context, member, { eventId, idempotencyKey, what: 'promo_code.created', before: null, after: { code, ...terms } });
    markAnswer(reply, outcome.replayed, 201);
    return answerPromoCode(catalog, eventId, code);
  });

  http.patch(`${PATH}/:code`, { schema: change, config: { permission: 'events.change' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const idempotencyKey = requireIdempotencyKey(request);
    const code = request.params.code.toUpperCase();
    const changes = promoChanges(request.body, eventId);
    const outcome = await changePromoCode(catalog, { eventId, code, changes, idempotencyKey });
    if (outcome.kind !== 'configured') throw problemOfRefusal(eventId, outcome);
    const { before } = outcome;
    await recordChange(context, member, { eventId, idempotencyKey, what: 'promo_code.changed', before, after: { code, ...changes } });
    markAnswer(reply, outcome.replayed, 200);
    return answerPromoCode(catalog, eventId, code);
  });
}

/** A code is never deleted; only a test event that is being purged loses it. */
async function answerPromoCode({ sales }: Catalog, eventId: string, code: string): Promise<PromoCodeAnswer> {
  const promo = await readPromoCode(sales, eventId, code);
  if (!promo) throw problem('NOT_FOUND', { detail: 'There is no such promo code in this event.' });
  return presentPromoCode(eventId, promo);
}
