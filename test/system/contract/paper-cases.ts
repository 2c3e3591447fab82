import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { freshKey, newBuyer, type Buyer } from './buyer.ts';
import { newMember } from './organization-cases.ts';
import type { Cases, Provoke } from './provoke.ts';
import type { Stage } from './stage.ts';
import { openShop, type Shop } from './ticket-cases.ts';

/** More than a file may have. */
const MANY = 201;

const ticketIdOf = (bookingId: string): string => bookingId.replace('bkg', 'tkt') + '001';
const get = (buyer: Buyer, path: string) => buyer.send({ method: 'GET', url: `/api/v1${path}` });

async function cancelled(buyer: Buyer): Promise<string> {
  const bookingId = await buyer.placed({ confirm: true });
  await buyer.act(bookingId, 'cancel');
  return bookingId;
}

type Sold = Shop & { bookingId: string };

/** A booking of free tickets in an event of the shop. */
async function sell({ person }: Stage, buyer: Buyer, { quantity = 1, confirm = true } = {}): Promise<Sold> {
  const shop = await openShop(person);
  const event = `/organizations/${shop.id}/events/${shop.eventId}`;
  const asOwner = { token: shop.owner.access_token };
  const sale = { state: 'on_sale', booking_max: 1_000 };
  await person.send({ method: 'PATCH', path: `${event}/sale`, body: sale, ...asOwner, key: freshKey() });
  const type = { name: 'Free', price_minor: 0, capacity: 1_000, booking_max: 1_000 };
  const made = await person.send({ method: 'POST', path: `${event}/ticket-types`, body: type, ...asOwner, key: freshKey() });
  const lines = [{ ticket_type_id: made.json<{ id: string }>().id, quantity }];
  const body = { event_id: shop.eventId, lines, confirm };
  const booked = await buyer.send({ method: 'POST', url: '/api/v1/bookings', key: freshKey(), body });
  assert.equal(booked.statusCode, 201, booked.body);
  return { ...shop, bookingId: booked.json<{ id: string }>().id };
}

type Paper = 'tickets.pdf' | 'receipt.pdf';

function ask({ person }: Stage, sold: Sold, paper: Paper, token = sold.owner.access_token): Promise<LightMyRequestResponse> {
  const { id, eventId, bookingId } = sold;
  return person.send({ method: 'GET', path: `/organizations/${id}/events/${eventId}/bookings/${bookingId}/${paper}`, token });
}

const ofSold =
  (paper: Paper, how: { quantity?: number; confirm?: boolean } = {}): Provoke =>
  async (stage, buyer) =>
    ask(stage, await sell(stage, buyer, how), paper);

const asScanner =
  (paper: Paper): Provoke =>
  async (stage, buyer) => {
    const sold = await sell(stage, buyer);
    return ask(stage, sold, paper, (await newMember(stage.person, sold)).access_token);
  };

/** The booking is of another event than the path says. */
const elsewhere =
  (paper: Paper): Provoke =>
  async (stage, buyer) => {
    const [sold, other] = [await sell(stage, buyer), await openShop(stage.person)];
    return ask(stage, { ...other, bookingId: sold.bookingId }, paper);
  };

const ofBooking = (path: string): Cases[string] => ({
  200: async (_stage, buyer) => get(buyer, `/bookings/${await buyer.placed({ confirm: true })}/${path}`),
  404: async (stage, buyer) => get(buyer, `/bookings/${await (await newBuyer(stage)).placed({ confirm: true })}/${path}`),
  409: async (_stage, buyer) => get(buyer, `/bookings/${await buyer.placed()}/${path}`),
});

export const paperCases: Cases = {
  printBookingTickets: {
    ...ofBooking('tickets.pdf?format=phone&locale=de'),
    422: async (stage, buyer) => get(buyer, `/bookings/${(await sell(stage, buyer, { quantity: MANY })).bookingId}/tickets.pdf`),
  },
  printTicket: {
    200: async (_stage, buyer) => get(buyer, `/tickets/${ticketIdOf(await buyer.placed({ confirm: true }))}/pdf`),
    404: async (stage, buyer) => get(buyer, `/tickets/${ticketIdOf(await (await newBuyer(stage)).placed({ confirm: true }))}/pdf`),
    409: async (_stage, buyer) => get(buyer, `/tickets/${ticketIdOf(await cancelled(buyer))}/pdf`),
  },
  printReceipt: ofBooking('receipt.pdf'),
  readBookingCalendar: ofBooking('calendar.ics'),
  readEventCalendar: {
    200: (stage) => stage.real.inject(`/api/v1/events/${stage.eventId}/calendar.ics`),
    404: (stage) => stage.real.inject(`/api/v1/events/${stage.unknownEventId}/calendar.ics`),
  },
  printTicketsForHolders: {
    200: ofSold('tickets.pdf'),
    403: asScanner('tickets.pdf'),
    404: elsewhere('tickets.pdf'),
    409: ofSold('tickets.pdf', { confirm: false }),
    422: ofSold('tickets.pdf', { quantity: MANY }),
  },
  printReceiptForBuyer: {
    200: ofSold('receipt.pdf'),
    403: asScanner('receipt.pdf'),
    404: elsewhere('receipt.pdf'),
    409: ofSold('receipt.pdf', { confirm: false }),
  },
};
