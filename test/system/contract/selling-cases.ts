import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { freshKey } from './buyer.ts';
import { newHouse, newMember, type House, weakKey } from './organization-cases.ts';
import type { Person } from './person.ts';
import type { Cases, Provoke } from './provoke.ts';
import type { Stage } from './stage.ts';
import { quotaBody, sellingBodies, sellingThings, type SellingThings } from './selling.ts';

type Shop = House & SellingThings;
type Operation = { method: 'GET' | 'POST' | 'PATCH'; path: (shop: Shop) => string };

const OPERATIONS = {
  createEvent: { method: 'POST', path: () => '' },
  duplicateEvent: { method: 'POST', path: ({ eventId }) => `/${eventId}/duplicate` },
  readConsequences: { method: 'GET', path: ({ eventId }) => `/${eventId}/consequences?of=move` },
  readSale: { method: 'GET', path: ({ eventId }) => `/${eventId}/sale` },
  changeSale: { method: 'PATCH', path: ({ eventId }) => `/${eventId}/sale` },
  listTicketTypes: { method: 'GET', path: ({ eventId }) => `/${eventId}/ticket-types` },
  createTicketType: { method: 'POST', path: ({ eventId }) => `/${eventId}/ticket-types` },
  changeTicketType: { method: 'PATCH', path: ({ eventId, ticketTypeId }) => `/${eventId}/ticket-types/${ticketTypeId}` },
  setAside: { method: 'POST', path: ({ eventId, ticketTypeId }) => `/${eventId}/ticket-types/${ticketTypeId}/set-aside` },
  listQuotas: { method: 'GET', path: ({ eventId }) => `/${eventId}/quotas` },
  createQuota: { method: 'POST', path: ({ eventId }) => `/${eventId}/quotas` },
  changeQuota: { method: 'PATCH', path: ({ eventId, quotaId }) => `/${eventId}/quotas/${quotaId}` },
  listPromoCodes: { method: 'GET', path: ({ eventId }) => `/${eventId}/promo-codes` },
  createPromoCode: { method: 'POST', path: ({ eventId }) => `/${eventId}/promo-codes` },
  changePromoCode: { method: 'PATCH', path: ({ eventId, promoCode }) => `/${eventId}/promo-codes/${promoCode}` },
} as const satisfies Record<string, Operation>;

type Name = keyof typeof OPERATIONS;
type Asking = { token?: string; key?: string; body?: object };

async function openShop(person: Person): Promise<Shop> {
  const house = await newHouse(person);
  const token = house.owner.access_token;
  const post = (path: string, body: object) =>
    person.send({ method: 'POST', path: `/organizations/${house.id}${path}`, body, token, key: freshKey() });
  return { ...house, ...(await sellingThings(post)) };
}

function ask(person: Person, shop: Shop, name: Name, asking: Asking = {}): Promise<LightMyRequestResponse> {
  const { method, path } = OPERATIONS[name];
  const usual = name === 'createQuota' ? { ...quotaBody, ticket_type_ids: [shop.ticketTypeId] } : sellingBodies[name];
  const { token = shop.owner.access_token, key = freshKey(), body = usual } = asking;
  return person.send({ method, path: `/organizations/${shop.id}/events${path(shop)}`, token, key, ...(body && { body }) });
}

const asked =
  (name: Name, asking: Asking = {}): Provoke =>
  async ({ person }) =>
    ask(person, await openShop(person), name, asking);

/** Asks twice with one key; another body the second time, if one is given. */
const askedTwice =
  (name: Name, body?: object): Provoke =>
  async ({ person }) => {
    const shop = await openShop(person);
    const key = freshKey();
    await ask(person, shop, name, { key });
    return ask(person, shop, name, { key, ...(body && { body }) });
  };

/** A scanner may look, and no more. */
const asScanner =
  (name: Name): Provoke =>
  async ({ person }) => {
    const shop = await openShop(person);
    return ask(person, shop, name, { token: (await newMember(person, shop)).access_token });
  };

/** Every role may look; a key without the scope may not. */
const byKey =
  (name: Name): Provoke =>
  async ({ person }) => {
    const shop = await openShop(person);
    return ask(person, shop, name, { token: await weakKey(person, shop) });
  };

/** The event is of another organization than the path says. */
const ofAnother =
  (name: Name): Provoke =>
  async ({ person }) => {
    const [shop, other] = [await openShop(person), await newHouse(person)];
    return ask(person, { ...shop, id: other.id, owner: other.owner }, name);
  };

const refused = (name: Name) => ({ 403: asScanner(name), 404: ofAnother(name) });
const looked = (name: Name) => ({ 200: asked(name), 403: byKey(name), 404: ofAnother(name) });

/** After one ticket was set aside. */
const withOneAside =
  (name: Name, body: (shop: Shop) => object): Provoke =>
  async ({ person }) => {
    const shop = await openShop(person);
    await ask(person, shop, 'setAside');
    return ask(person, shop, name, { body: body(shop) });
  };

export const sellingCases: Cases = {
  createEvent: {
    200: askedTwice('createEvent'),
    201: asked('createEvent'),
    403: asScanner('createEvent'),
    404: async ({ person }) => {
      const [shop, stranger] = [await openShop(person), await person.signedIn()];
      return ask(person, shop, 'createEvent', { token: stranger.access_token });
    },
    422: askedTwice('createEvent', { ...sellingBodies['createEvent'], title: 'Another' }),
  },
  duplicateEvent: {
    ...refused('duplicateEvent'),
    200: askedTwice('duplicateEvent'),
    201: asked('duplicateEvent'),
    422: askedTwice('duplicateEvent', { starts_at: '2099-07-01T18:00:00Z' }),
  },
  readConsequences: looked('readConsequences'),
  readSale: looked('readSale'),
  changeSale: {
    ...refused('changeSale'),
    200: asked('changeSale'),
    409: asked('changeSale', { body: { state: 'paused' } }),
    422: askedTwice('changeSale', { hold_seconds: 5 }),
  },
  listTicketTypes: looked('listTicketTypes'),
  createTicketType: {
    ...refused('createTicketType'),
    200: askedTwice('createTicketType'),
    201: asked('createTicketType'),
    422: askedTwice('createTicketType', { ...sellingBodies['createTicketType'], name: 'Chair' }),
  },
  changeTicketType: {
    ...refused('changeTicketType'),
    200: asked('changeTicketType'),
    409: withOneAside('changeTicketType', () => ({ capacity: 0 })),
    422: asked('changeTicketType', { body: { booking_min: 9, booking_max: 8 } }),
  },
  setAside: {
    ...refused('setAside'),
    200: asked('setAside'),
    409: asked('setAside', { body: { quantity: -1 } }),
    422: asked('setAside', { body: { quantity: 0 } }),
  },
  listQuotas: looked('listQuotas'),
  createQuota: {
    ...refused('createQuota'),
    200: askedTwice('createQuota'),
    201: asked('createQuota'),
    409: withOneAside('createQuota', ({ ticketTypeId }) => ({ ...quotaBody, capacity: 0, ticket_type_ids: [ticketTypeId] })),
    422: async ({ person }) => {
      const shop = await openShop(person);
      const key = freshKey();
      await ask(person, shop, 'changeSale', { key });
      return ask(person, shop, 'createQuota', { key });
    },
  },
  changeQuota: {
    ...refused('changeQuota'),
    200: asked('changeQuota'),
    409: withOneAside('changeQuota', () => ({ capacity: 0 })),
    422: askedTwice('changeQuota', { capacity: 800 }),
  },
  // Who must not make codes does not see them either.
  listPromoCodes: { ...refused('listPromoCodes'), 200: asked('listPromoCodes') },
  createPromoCode: {
    ...refused('createPromoCode'),
    200: askedTwice('createPromoCode'),
    201: asked('createPromoCode'),
    409: async ({ person }) => {
      const shop = await openShop(person);
      return ask(person, shop, 'createPromoCode', { body: { ...sellingBodies['createPromoCode'], code: shop.promoCode } });
    },
    422: askedTwice('createPromoCode', { ...sellingBodies['createPromoCode'], value: 5 }),
  },
  changePromoCode: {
    ...refused('changePromoCode'),
    200: asked('changePromoCode'),
    409: async ({ person, real }) => {
      const shop = await openShop(person);
      await useCode(person, shop, real);
      return ask(person, shop, 'changePromoCode', { body: { uses_max: 0 } });
    },
    422: asked('changePromoCode', { body: { buyer_uses_max: null } }),
  },
};

/** A buyer holds a ticket with the shop's promo code. */
async function useCode(person: Person, shop: Shop, server: Stage['real']): Promise<void> {
  assert.equal((await ask(person, shop, 'changeSale', { body: { state: 'on_sale' } })).statusCode, 200);
  const session = await server.inject({ method: 'POST', url: '/api/v1/buyer-sessions' });
  const headers = { authorization: `Bearer ${session.json<{ token: string }>().token}`, 'idempotency-key': freshKey() };
  const lines = [{ ticket_type_id: shop.ticketTypeId, quantity: 1 }];
  const payload = { event_id: shop.eventId, lines, promo_code: shop.promoCode };
  assert.equal((await server.inject({ method: 'POST', url: '/api/v1/bookings', headers, payload })).statusCode, 201);
}
