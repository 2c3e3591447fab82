import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { parseCellId } from '../../../apps/server/src/platform/ids/index.ts';
import { freshKey, type Buyer } from './buyer.ts';
import { newHouse, newMember, type House } from './organization-cases.ts';
import type { Cases, Provoke } from './provoke.ts';
import { sellingThings, type SellingThings } from './selling.ts';
import type { Stage } from './stage.ts';

/** What these operations take, where nothing must exist for it. */
export const paymentPayloads: Readonly<Record<string, object>> = {
  setRefundPolicy: { until_hours_before: 24, percent: 100, keep_fees: false },
  beginRefundRun: { choice: 'refund_all' },
  chooseRefund: { choice: 'keep' },
};

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

type Shop = House & SellingThings;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Asking = { method: Method; path: string; body?: object; token?: string; key?: string };

/** An organization whose event is on sale. */
async function openShop({ person }: Stage): Promise<Shop> {
  const house = await newHouse(person);
  const token = house.owner.access_token;
  const things = await sellingThings((path, body) =>
    person.send({ method: 'POST', path: `/organizations/${house.id}${path}`, body, token, key: freshKey() }),
  );
  return { ...house, ...things };
}

/** Sends something below the path of the shop's event. */
function send({ real }: Stage, shop: Shop, { method, path, body, token = shop.owner.access_token, key = freshKey() }: Asking) {
  return real.inject({
    method,
    url: `/api/v1/organizations/${shop.id}/events/${shop.eventId}${path}`,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    ...(body && { payload: body }),
  });
}

async function change(stage: Stage, shop: Shop, state: string): Promise<void> {
  const answer = await send(stage, shop, { method: 'PATCH', path: '/sale', body: { state } });
  assert.equal(answer.statusCode, 200, answer.body);
}

/** A booking of the shop's whose buyer goes to pay. */
async function begun(shop: Shop, buyer: Buyer): Promise<string> {
  const body = { event_id: shop.eventId, lines: [{ ticket_type_id: shop.ticketTypeId, quantity: 1 }] };
  const held = await buyer.send({ method: 'POST', url: '/api/v1/bookings', body, key: freshKey() });
  assert.equal(held.statusCode, 201, held.body);
  const id = held.json<{ id: string }>().id;
  const answer = await buyer.act(id, 'payment');
  assert.equal(answer.statusCode, 200, answer.body);
  return id;
}

/** The same, paid and told. */
async function paid(stage: Stage, shop: Shop, buyer: Buyer): Promise<string> {
  await change(stage, shop, 'on_sale');
  const id = await begun(shop, buyer);
  const { provider } = stage;
  const bookingId = parseCellId('bkg', id)?.id;
  const intent = [...provider.intents.values()].find((one) => one.bookingId === bookingId);
  const { body, signature } = provider.post(provider.pay(intent?.ref ?? ''));
  const told = await stage.real.inject({
    method: 'POST',
    url: '/webhooks/payments',
    headers: { 'fake-signature': signature },
    payload: body,
  });
  assert.equal(told.statusCode, 200, told.body);
  return id;
}

/** By a scanner, and for an event of another organization. */
const refusals = (asking: Asking) => ({
  403: async (stage: Stage) => {
    const shop = await openShop(stage);
    return send(stage, shop, { ...asking, token: (await newMember(stage.person, shop)).access_token });
  },
  404: async (stage: Stage) => {
    const [shop, other] = [await openShop(stage), await newHouse(stage.person)];
    return send(stage, { ...shop, id: other.id, owner: other.owner }, asking);
  },
});

const unknown = '01kjw8x9v3e8aa7m2zq5r4t6yb';
const NO_BOOKING = `/bookings/bkg_${unknown}${unknown}`;
const NO_RUN = `/refund-runs/rfr_${unknown}${unknown}`;
const policy = { method: 'PUT', path: '/refund-policy', body: paymentPayloads['setRefundPolicy']! } as const;

const asked =
  (asking: Asking): Provoke =>
  async (stage) =>
    send(stage, await openShop(stage), asking);

/** On a booking that is paid. */
const onPaid =
  (act: (stage: Stage, shop: Shop, id: string, buyer: Buyer) => Promise<LightMyRequestResponse>): Provoke =>
  async (stage, buyer) => {
    const shop = await openShop(stage);
    return act(stage, shop, await paid(stage, shop, buyer), buyer);
  };

const refund = (stage: Stage, shop: Shop, id: string, of: { body?: object; key?: string; what?: string } = {}) => {
  const { body, key, what = 'refund' } = of;
  return send(stage, shop, { method: 'POST', path: `/bookings/${id}/${what}`, ...(body && { body }), ...(key !== undefined && { key }) });
};

/** Asks whether buyers keep their bookings. */
const question = (stage: Stage, shop: Shop, key = freshKey()) => {
  const body = { choice: 'keep_or_refund', decide_until: inAnHour(), default: 'keep' };
  return send(stage, shop, { method: 'POST', path: '/refund-runs', body, key });
};

/** The buyer's choice is there once a server has gathered the bookings of the run: here by hand. */
const onQuestion = (act: (buyer: Buyer, id: string) => Promise<LightMyRequestResponse>): Provoke =>
  onPaid(async (stage, shop, id, buyer) => {
    assert.equal((await question(stage, shop)).statusCode, 201);
    await stage.carryRunsOn();
    return act(buyer, id);
  });

const choice = (buyer: Buyer, id: string, chosen?: string) => {
  const url = `/api/v1/bookings/${id}/refund-choice`;
  return chosen === undefined ? buyer.send({ method: 'GET', url }) : buyer.send({ method: 'PUT', url, body: { choice: chosen } });
};

const cancelledRun = async (stage: Stage, shop: Shop, key: string): Promise<LightMyRequestResponse> => {
  await change(stage, shop, 'cancelled');
  return send(stage, shop, { method: 'POST', path: '/refund-runs', body: { choice: 'refund_all' }, key });
};

const onRun = (path: string): Provoke =>
  onPaid(async (stage, shop) => {
    const { id } = (await question(stage, shop)).json<{ id: string }>();
    return send(stage, shop, { method: 'GET', path: `/refund-runs/${id}${path}` });
  });

export const paymentCases: Cases = {
  beginPayment: {
    200: async (_stage, buyer) => buyer.act(await buyer.placed({ type: 'paid' }), 'payment'),
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'payment'),
    409: async (_stage, buyer) => buyer.act(await buyer.placed(), 'payment'),
  },
  readPayment: {
    200: async (_stage, buyer) => {
      const id = await buyer.placed({ type: 'paid' });
      await buyer.act(id, 'payment');
      return buyer.send({ method: 'GET', url: `/api/v1/bookings/${id}/payment` });
    },
    404: ({ unknownBookingId }, buyer) => buyer.send({ method: 'GET', url: `/api/v1/bookings/${unknownBookingId}/payment` }),
  },
  refundByBuyer: {
    200: onPaid(async (stage, shop, id, buyer) => {
      assert.equal((await send(stage, shop, policy)).statusCode, 200);
      return buyer.act(id, 'refund');
    }),
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'refund'),
    409: onPaid(async (_stage, _shop, id, buyer) => buyer.act(id, 'refund')),
    422: onPaid(async (stage, shop, id, buyer) => {
      assert.equal((await send(stage, shop, policy)).statusCode, 200);
      const key = freshKey();
      await buyer.act(id, 'refund', { key });
      return buyer.act(id, 'refund', { key, body: { tickets: [1] } });
    }),
  },
  readRefundChoice: {
    200: onQuestion((buyer, id) => choice(buyer, id)),
    404: async (_stage, buyer) => choice(buyer, await buyer.placed()),
  },
  chooseRefund: {
    200: onQuestion((buyer, id) => choice(buyer, id, 'keep')),
    404: async (_stage, buyer) => choice(buyer, await buyer.placed(), 'keep'),
    409: onQuestion(async (buyer, id) => {
      await choice(buyer, id, 'refund');
      return choice(buyer, id, 'keep');
    }),
  },
  listEventBookings: { 200: asked({ method: 'GET', path: '/bookings' }), ...refusals({ method: 'GET', path: '/bookings' }) },
  readEventBooking: {
    ...refusals({ method: 'GET', path: NO_BOOKING }),
    200: onPaid((stage, shop, id) => send(stage, shop, { method: 'GET', path: `/bookings/${id}` })),
  },
  refundBooking: {
    ...refusals({ method: 'POST', path: `${NO_BOOKING}/refund` }),
    200: onPaid((stage, shop, id) => refund(stage, shop, id)),
    409: onPaid((stage, shop, id) => refund(stage, shop, id, { body: { amount_minor: 1_000_000 } })),
    422: onPaid((stage, shop, id) => refund(stage, shop, id, { body: { amount_minor: 0 } })),
  },
  cancelOwnBooking: {
    ...refusals({ method: 'POST', path: `${NO_BOOKING}/cancel` }),
    200: onPaid((stage, shop, id) => refund(stage, shop, id, { what: 'cancel' })),
    409: async (stage, buyer) => {
      const shop = await openShop(stage);
      await change(stage, shop, 'on_sale');
      return refund(stage, shop, await begun(shop, buyer), { what: 'cancel' });
    },
    422: onPaid(async (stage, shop, id) => {
      const key = freshKey();
      await refund(stage, shop, id, { key });
      return refund(stage, shop, id, { key, what: 'cancel' });
    }),
  },
  readRefundPolicy: {
    200: (stage) => stage.real.inject(`/api/v1/events/${stage.eventId}/refund-policy`),
    404: (stage) => stage.real.inject(`/api/v1/events/${stage.unknownEventId}/refund-policy`),
  },
  setRefundPolicy: { 200: asked(policy), ...refusals(policy) },
  endRefundPolicy: {
    204: async (stage) => {
      const shop = await openShop(stage);
      await send(stage, shop, policy);
      return send(stage, shop, { method: 'DELETE', path: '/refund-policy' });
    },
    ...refusals({ method: 'DELETE', path: '/refund-policy' }),
  },
  beginRefundRun: {
    ...refusals({ method: 'POST', path: '/refund-runs', body: { choice: 'refund_all' } }),
    200: onPaid(async (stage, shop) => {
      const key = freshKey();
      await cancelledRun(stage, shop, key);
      return send(stage, shop, { method: 'POST', path: '/refund-runs', body: { choice: 'refund_all' }, key });
    }),
    201: onPaid((stage, shop) => cancelledRun(stage, shop, freshKey())),
    409: asked({ method: 'POST', path: '/refund-runs', body: { choice: 'refund_all' } }),
    422: onPaid(async (stage, shop) => {
      const key = freshKey();
      await question(stage, shop, key);
      return cancelledRun(stage, shop, key);
    }),
  },
  listRefundRuns: { 200: asked({ method: 'GET', path: '/refund-runs' }), ...refusals({ method: 'GET', path: '/refund-runs' }) },
  readRefundRun: { 200: onRun(''), ...refusals({ method: 'GET', path: NO_RUN }) },
  listRunBookings: {
    200: onRun('/bookings?state=asked'),
    ...refusals({ method: 'GET', path: `${NO_RUN}/bookings?state=failed` }),
  },
  readMoneyAudit: {
    200: (stage) => stage.real.inject(`/api/v1/events/${stage.eventId}/money-audit`),
    404: (stage) => stage.real.inject(`/api/v1/events/${stage.unknownEventId}/money-audit`),
  },
  readOwnMoneyAudit: {
    200: asked({ method: 'GET', path: '/money-audit' }),
    ...refusals({ method: 'GET', path: '/money-audit' }),
  },
  readPayouts: {
    200: async ({ person }) => {
      const { id, owner } = await newHouse(person);
      return person.send({ method: 'GET', path: `/organizations/${id}/payouts`, token: owner.access_token });
    },
    403: async ({ person }) => {
      const house = await newHouse(person);
      const { access_token: token } = await newMember(person, house);
      return person.send({ method: 'GET', path: `/organizations/${house.id}/payouts`, token });
    },
    404: async ({ person }) => {
      const [house, stranger] = [await newHouse(person), await person.signedIn()];
      return person.send({ method: 'GET', path: `/organizations/${house.id}/payouts`, token: stranger.access_token });
    },
  },
};
