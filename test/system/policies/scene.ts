import assert from 'node:assert/strict';
import { freshKey } from '../contract/buyer.ts';
import { freshAddress } from '../contract/person.ts';
import { sellingThings, type SellingThings } from '../contract/selling.ts';
import { ROLES, type Bearer, type Houses, type Role, type Someone } from '../houses.ts';
import { gatherCallers, type Caller } from './callers.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Request = { method: string; path: string; body?: object | undefined; token: string | null };

/** An organization with something of everything, an event on sale, and everybody who may knock. */
export type Scene = {
  houses: Houses;
  organization: string;
  sold: SellingThings;
  venue: string;
  question: string;
  /** Open to buyers, of a free ticket type. */
  open: { eventId: string; ticketTypeId: string };
  /** Nobody of the organization. */
  subject: Someone;
  callers: readonly Caller[];
  tokenOf(caller: string): string;
  send(request: Request): ReturnType<Houses['send']>;
};

export async function setScene(houses: Houses): Promise<Scene> {
  const owner = await houses.newPerson();
  const organization = await houses.found(owner);
  const members = new Map<Role, Someone>([['owner', owner]]);
  for (const role of ROLES.slice(1)) members.set(role, await houses.joinAs(organization, owner, role));
  const post = (path: string, body: object) => houses.send(owner, 'POST', `/organizations/${organization}${path}`, body);
  const sold = await sellingThings(post);
  const callers = await gatherCallers(houses, { organization, members });
  const scene: Scene = {
    ...{ houses, organization, sold, callers, subject: await houses.newPerson() },
    venue: await idOf(post('/venues', { name: 'Hall', city: 'Graz', time_zone: 'Europe/Vienna' })),
    question: await idOf(post(`/events/${sold.eventId}/questions`, { label: 'Drink', kind: 'text' })),
    open: await openEvent(houses, owner, organization),
    tokenOf: (caller) => callers.find(({ name }) => name === caller)?.token ?? '',
    send: ({ method, path, body, token }) =>
      houses.server.inject({
        method: method as Method,
        url: path,
        // Attempts are counted by client: each has an address of its own.
        remoteAddress: freshAddress(),
        headers: { 'idempotency-key': freshKey(), ...(token !== null && { authorization: `Bearer ${token}` }) },
        ...(body !== undefined && { payload: body }),
      }),
  };
  return scene;
}

export async function idOf(answer: ReturnType<Houses['send']>): Promise<string> {
  const { statusCode, body } = await answer;
  assert.ok(statusCode === 201 || statusCode === 200, body);
  return (JSON.parse(body) as { id: string }).id;
}

async function openEvent(houses: Houses, by: Bearer, organization: string): Promise<Scene['open']> {
  const post = (path: string, body: object) => idOf(houses.send(by, 'POST', `/organizations/${organization}/events${path}`, body));
  const eventId = await post('', {
    title: 'Open evening',
    venue: { name: 'Hall', city: 'Vienna' },
    starts_at: '2099-05-01T18:00:00Z',
    ends_at: '2099-05-01T21:00:00Z',
    time_zone: 'Europe/Vienna',
    currency: 'EUR',
    sale: { state: 'on_sale', booking_max: 100 },
  });
  return { eventId, ticketTypeId: await post(`/${eventId}/ticket-types`, { name: 'Free', price_minor: 0, capacity: 1000 }) };
}
