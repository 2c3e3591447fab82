import type { LightMyRequestResponse } from 'fastify';
import { freshKey, type Buyer } from './buyer.ts';
import { newHouse, newMember } from './organization-cases.ts';
import type { Cases, Provoke } from './provoke.ts';
import type { Stage } from './stage.ts';

/** What these operations take, where nothing must exist for it. */
export const attendeePayloads: Readonly<Record<string, object>> = {
  setAttendees: { tickets: [{ number: 1, name: 'Ada' }] },
  changeAttendee: { name: 'Grace' },
};

const pathOf = (bookingId: string): string => `/api/v1/bookings/${bookingId}/attendees`;

const set = (buyer: Buyer, bookingId: string): Promise<LightMyRequestResponse> =>
  buyer.send({ method: 'PUT', url: pathOf(bookingId), body: attendeePayloads['setAttendees'] });

type Scene = { events: string; ticketId: string; tokens: Readonly<Record<As, string>> };
type As = 'owner' | 'scanner' | 'stranger';

/** An event of a house of its own, for which somebody has a ticket. */
async function setScene({ person, real, eventOf }: Stage, buyer: Buyer): Promise<Scene> {
  const house = await newHouse(person);
  const eventId = await eventOf(house.id);
  const events = `/organizations/${house.id}/events/${eventId}`;
  const token = house.owner.access_token;
  const type = await person.send({
    method: 'POST',
    path: `${events}/ticket-types`,
    body: { name: 'Seat', price_minor: 0, capacity: 10 },
    token,
    key: freshKey(),
  });
  const lines = [{ ticket_type_id: type.json<{ id: string }>().id, quantity: 1 }];
  const headers = { authorization: `Bearer ${buyer.token}`, 'idempotency-key': freshKey() };
  const payload = { event_id: eventId, lines, confirm: true };
  const booked = await real.inject({ method: 'POST', url: '/api/v1/bookings', headers, payload });
  const ticketId = `tkt_${booked.json<{ id: string }>().id.slice(4)}001`;
  const [scanner, stranger] = [(await newMember(person, house)).access_token, (await person.signedIn()).access_token];
  return { events, ticketId, tokens: { owner: token, scanner, stranger } };
}

type Ask = { method: 'GET' | 'PATCH'; path: (scene: Scene) => string; body?: object | undefined };

const ofMembers = ({ method, path, body }: Ask): Readonly<Record<number, Provoke>> => {
  const ask =
    (as: As): Provoke =>
    async (stage, buyer) => {
      const scene = await setScene(stage, buyer);
      return stage.person.send({ method, path: `${scene.events}${path(scene)}`, token: scene.tokens[as], ...(body && { body }) });
    };
  return { 200: ask('owner'), 403: ask('scanner'), 404: ask('stranger') };
};

export const attendeeCases: Cases = {
  readAttendees: {
    200: async (_stage, buyer) => buyer.send({ method: 'GET', url: pathOf(await buyer.placed()) }),
    404: ({ unknownBookingId }, buyer) => buyer.send({ method: 'GET', url: pathOf(unknownBookingId) }),
  },
  setAttendees: {
    200: async (_stage, buyer) => set(buyer, await buyer.placed()),
    404: ({ unknownBookingId }, buyer) => set(buyer, unknownBookingId),
    409: async (_stage, buyer) => {
      const id = await buyer.placed();
      await buyer.act(id, 'release');
      return set(buyer, id);
    },
  },
  listAttendees: ofMembers({ method: 'GET', path: () => '/attendees' }),
  exportAttendees: ofMembers({ method: 'GET', path: () => '/attendees.csv' }),
  changeAttendee: ofMembers({
    method: 'PATCH',
    path: ({ ticketId }) => `/attendees/${ticketId}`,
    body: attendeePayloads['changeAttendee'],
  }),
};
