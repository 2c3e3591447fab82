import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';

/** An event of an organization with what it sells. */
export type SellingThings = { eventId: string; ticketTypeId: string; quotaId: string; promoCode: string };

const event = {
  title: 'Evening',
  venue: { name: 'Hall', city: 'Vienna' },
  starts_at: '2099-05-01T18:00:00Z',
  ends_at: '2099-05-01T21:00:00Z',
  time_zone: 'Europe/Vienna',
  currency: 'EUR',
};
const ticketType = { name: 'Seat', price_minor: 1000, capacity: 1000 };
/** It lacks its ticket types, whose ids nobody knows before. */
export const quotaBody = { name: 'House', capacity: 1000 };

/** What the operations on events take. */
export const sellingBodies: Readonly<Record<string, object>> = {
  createEvent: event,
  duplicateEvent: { starts_at: '2099-06-01T18:00:00Z' },
  changeSale: { hold_seconds: 700 },
  createTicketType: ticketType,
  changeTicketType: { price_minor: 1500 },
  setAside: { quantity: 1 },
  createQuota: { ...quotaBody, ticket_type_ids: ['typ_unknown'] },
  changeQuota: { capacity: 900 },
  createPromoCode: { code: 'EARLY', kind: 'percent', value: 100_000 },
  changePromoCode: { uses_max: 5 },
};

/** Makes one of each, by who may. */
export async function sellingThings(post: (path: string, body: object) => Promise<LightMyRequestResponse>): Promise<SellingThings> {
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await post(path, body);
    assert.equal(answer.statusCode, 201, answer.body);
    return answer.json<{ id: string }>().id;
  };
  const eventId = await made('/events', event);
  const ticketTypeId = await made(`/events/${eventId}/ticket-types`, ticketType);
  const quotaId = await made(`/events/${eventId}/quotas`, { ...quotaBody, ticket_type_ids: [ticketTypeId] });
  const promoCode = 'HALF';
  const coded = await post(`/events/${eventId}/promo-codes`, {
    code: promoCode,
    kind: 'percent',
    value: 500_000,
    uses_max: 9,
    buyer_uses_max: 1,
  });
  assert.equal(coded.statusCode, 201, coded.body);
  return { eventId, ticketTypeId, quotaId, promoCode };
}
