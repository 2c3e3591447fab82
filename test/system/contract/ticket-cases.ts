import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { freshKey, newBuyer, type Buyer } from './buyer.ts';
import { newHouse, newMember, weakKey, type House } from './organization-cases.ts';
import type { Person } from './person.ts';
import type { Cases, Provoke } from './provoke.ts';
import { sellingThings } from './selling.ts';
import type { Stage } from './stage.ts';
import { untilTooMany } from './until-too-many.ts';

/** What these operations take, where nothing must exist for it. */
export const ticketPayloads: Readonly<Record<string, object>> = { acceptTicket: { token: 'tft_unknown' } };

const ticketIdOf = (bookingId: string): string => bookingId.replace('bkg', 'tkt') + '001';
const ticketOf = async (buyer: Buyer): Promise<string> => ticketIdOf(await buyer.placed({ confirm: true }));

/** A ticket whose booking was cancelled. */
async function revokedTicket(buyer: Buyer): Promise<string> {
  const bookingId = await buyer.placed({ confirm: true });
  await buyer.act(bookingId, 'cancel');
  return ticketIdOf(bookingId);
}

const read = (buyer: Buyer, id: string) => buyer.send({ method: 'GET', url: `/api/v1/tickets/${id}` });
const reissue = (buyer: Buyer, id: string) => buyer.send({ method: 'POST', url: `/api/v1/tickets/${id}/reissue` });
const offer = (buyer: Buyer, id: string, body?: object) =>
  buyer.send({ method: 'POST', url: `/api/v1/tickets/${id}/transfer`, ...(body && { body }) });
const withdraw = (buyer: Buyer, id: string) => buyer.send({ method: 'DELETE', url: `/api/v1/tickets/${id}/transfer` });
const accept = (buyer: Buyer, token: string) => buyer.send({ method: 'POST', url: '/api/v1/ticket-transfers/accept', body: { token } });

async function offeredToken(buyer: Buyer): Promise<string> {
  return (await offer(buyer, await ticketOf(buyer))).json<{ token: string }>().token;
}

const ofAnother =
  (ask: (buyer: Buyer, id: string) => Promise<LightMyRequestResponse>): Provoke =>
  async (stage, buyer) =>
    ask(buyer, await ticketOf(await newBuyer(stage)));

export type Shop = House & { eventId: string };
type Ask = { method: 'GET' | 'POST'; path: string; body?: object; key?: string };

export async function openShop({ send, ...person }: Person): Promise<Shop> {
  const house = await newHouse({ send, ...person });
  const token = house.owner.access_token;
  const post = (path: string, body: object) =>
    send({ method: 'POST', path: `/organizations/${house.id}${path}`, body, token, key: freshKey() });
  return { ...house, eventId: (await sellingThings(post)).eventId };
}

/** A ticket that somebody has of an event of the shop. */
export async function soldTicket(stage: Stage, { id, owner, eventId }: Shop, buyer: Buyer): Promise<string> {
  const asked = { token: owner.access_token, key: freshKey() };
  const event = `/organizations/${id}/events/${eventId}`;
  await stage.person.send({ method: 'PATCH', path: `${event}/sale`, body: { state: 'on_sale' }, ...asked });
  const free = { name: 'Free', price_minor: 0, capacity: 10 };
  const made = await stage.person.send({ method: 'POST', path: `${event}/ticket-types`, body: free, ...asked, key: freshKey() });
  const lines = [{ ticket_type_id: made.json<{ id: string }>().id, quantity: 1 }];
  const body = { event_id: eventId, lines, confirm: true };
  const booked = await buyer.send({ method: 'POST', url: '/api/v1/bookings', key: freshKey(), body });
  assert.equal(booked.statusCode, 201, booked.body);
  return ticketIdOf(booked.json<{ id: string }>().id);
}

function ask(person: Person, { id, eventId, owner }: Shop, { method, path, body, key = freshKey() }: Ask, token = owner.access_token) {
  return person.send({ method, path: `/organizations/${id}/events/${eventId}${path}`, token, key, ...(body && { body }) });
}

const asked =
  (of: Ask): Provoke =>
  async ({ person }) =>
    ask(person, await openShop(person), of);

const asScanner =
  (of: Ask): Provoke =>
  async ({ person }) => {
    const shop = await openShop(person);
    return ask(person, shop, of, (await newMember(person, shop)).access_token);
  };

const byWeakKey =
  (of: Ask): Provoke =>
  async ({ person }) => {
    const shop = await openShop(person);
    return ask(person, shop, of, await weakKey(person, shop));
  };

/** The event is of another organization than the path says. */
const elsewhere =
  (of: Ask): Provoke =>
  async ({ person }) => {
    const [shop, other] = [await openShop(person), await newHouse(person)];
    return ask(person, { ...other, eventId: shop.eventId }, of);
  };

const LIST: Ask = { method: 'GET', path: '/tickets' };
const KEYS: Ask = { method: 'GET', path: '/ticket-keys' };
const ROTATE: Ask = { method: 'POST', path: '/ticket-keys/rotate' };
const REISSUE: Ask = { method: 'POST', path: '/tickets/tkt_unknown/reissue' };
const KEYS_MAX = 100;

export const ticketCases: Cases = {
  listBookingTickets: {
    200: async (_stage, buyer) => buyer.send({ method: 'GET', url: `/api/v1/bookings/${await buyer.placed({ confirm: true })}/tickets` }),
    404: ({ unknownBookingId }, buyer) => buyer.send({ method: 'GET', url: `/api/v1/bookings/${unknownBookingId}/tickets` }),
  },
  readTicket: { 200: async (_stage, buyer) => read(buyer, await ticketOf(buyer)), 404: ofAnother(read) },
  reissueTicket: {
    200: async (_stage, buyer) => reissue(buyer, await ticketOf(buyer)),
    404: ofAnother(reissue),
    409: async (_stage, buyer) => reissue(buyer, await revokedTicket(buyer)),
  },
  offerTicket: {
    201: async (_stage, buyer) => offer(buyer, await ticketOf(buyer), { email: 'friend@example.org' }),
    404: ofAnother(offer),
    409: async (_stage, buyer) => offer(buyer, await revokedTicket(buyer)),
    429: async ({ person }, buyer) => {
      const id = await ticketOf(buyer);
      const body = { email: 'often-offered@example.org' };
      return untilTooMany(person, { path: `/tickets/${id}/transfer`, body, max: 10, token: buyer.token });
    },
  },
  withdrawOffer: {
    204: async (_stage, buyer) => {
      const id = await ticketOf(buyer);
      await offer(buyer, id);
      return withdraw(buyer, id);
    },
    404: async (_stage, buyer) => withdraw(buyer, await ticketOf(buyer)),
  },
  acceptTicket: {
    200: async (stage, buyer) => {
      const token = await offeredToken(await newBuyer(stage));
      await accept(buyer, token);
      return accept(buyer, token);
    },
    201: async (stage, buyer) => accept(buyer, await offeredToken(await newBuyer(stage))),
    409: async (_stage, buyer) => accept(buyer, await offeredToken(buyer)),
    422: (_stage, buyer) => accept(buyer, 'tft_unknown'),
    429: ({ person }, buyer) =>
      untilTooMany(person, { path: '/ticket-transfers/accept', body: { token: 'tft_guessed' }, max: 110, token: buyer.token }),
  },
  readTicketKeys: {
    200: (stage) => stage.real.inject(`/api/v1/events/${stage.eventId}/ticket-keys`),
    404: (stage) => stage.real.inject(`/api/v1/events/${stage.unknownEventId}/ticket-keys`),
  },
  listTickets: { 200: asked(LIST), 403: asScanner(LIST), 404: elsewhere(LIST) },
  listTicketKeys: { 200: asked(KEYS), 403: byWeakKey(KEYS), 404: elsewhere(KEYS) },
  rotateTicketKeys: {
    200: async ({ person }) => {
      const [shop, key] = [await openShop(person), freshKey()];
      await ask(person, shop, { ...ROTATE, key });
      return ask(person, shop, { ...ROTATE, key });
    },
    201: asked(ROTATE),
    403: asScanner(ROTATE),
    404: elsewhere(ROTATE),
    409: async ({ person }) => {
      const shop = await openShop(person);
      for (let count = 0; count < KEYS_MAX; count += 1) await ask(person, shop, ROTATE);
      return ask(person, shop, ROTATE);
    },
  },
  reissueTicketForHolder: {
    200: async (stage, buyer) => {
      const shop = await openShop(stage.person);
      const id = await soldTicket(stage, shop, buyer);
      return ask(stage.person, shop, { method: 'POST', path: `/tickets/${id}/reissue` });
    },
    403: asScanner(REISSUE),
    404: asked(REISSUE),
    409: async (stage, buyer) => {
      const shop = await openShop(stage.person);
      const id = await soldTicket(stage, shop, buyer);
      await buyer.act(id.slice(0, -3).replace('tkt', 'bkg'), 'cancel');
      return ask(stage.person, shop, { method: 'POST', path: `/tickets/${id}/reissue` });
    },
  },
};
