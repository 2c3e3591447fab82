import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { freshKey, type Buyer } from './buyer.ts';
import { newHouse, newMember, weakKey } from './organization-cases.ts';
import type { Cases, Provoke } from './provoke.ts';
import type { Stage } from './stage.ts';
import { openShop, soldTicket, type Shop } from './ticket-cases.ts';

const NOWHERE = '01kjw8x9v3e8aa7m2zq5r4t6yb';
const SCAN = '00000000-0000-4000-8000-000000000000';
const bulk = () => ({
  device_now: '2026-11-21T12:00:00Z',
  scans: [{ scan_id: randomUUID(), code: 'a', scanned_at: '2026-11-21T11:00:00Z' }],
});
const lines = [{ ticket_type_id: `typ_${NOWHERE}${NOWHERE}`, quantity: 1 }];

/** What these operations take, where nothing must exist for it. */
export const doorPayloads: Readonly<Record<string, object>> = {
  checkIn: { scan_id: SCAN, code: 'a' },
  checkInBulk: bulk(),
  undoCheckIn: { reason: 'wrong person' },
  createGate: { name: 'North' },
  changeGate: { name: 'South' },
  sellAtDesk: { lines, tender: 'cash' },
  giveTickets: { lines, reason: 'press' },
  addGuest: { name: 'Ada', ticket_type_id: lines[0]!.ticket_type_id, quantity: 1 },
};

type Open = Shop & { ticketId: string; ticketTypeId: string };
type Ask = { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; body?: object; key?: string; token?: string };

/** A house with an event on sale, and a ticket that somebody has. */
async function openDoor(stage: Stage, buyer: Buyer): Promise<Open> {
  const shop = await openShop(stage.person);
  const ticketId = await soldTicket(stage, shop, buyer);
  const types = await ask(stage, shop, { method: 'GET', path: '/ticket-types' });
  const { data } = types.json<{ data: { id: string; price_minor: number }[] }>();
  return { ...shop, ticketId, ticketTypeId: data.find((type) => type.price_minor === 0)!.id };
}

function ask({ person }: Stage, { id, eventId, owner }: Shop, { method, path, body, key = freshKey(), token }: Ask) {
  const url = `/organizations/${id}/events/${eventId}${path}`;
  return person.send({ method, path: url, key, token: token ?? owner.access_token, ...(body && { body }) });
}

type At = (stage: Stage, shop: Open) => Promise<LightMyRequestResponse>;

const at =
  (act: At): Provoke =>
  async (stage, buyer) =>
    act(stage, await openDoor(stage, buyer));

/** Who may not, and whose event it is not. */
const refusals = (of: Ask): Readonly<Record<number, Provoke>> => ({
  403: async (stage) => {
    const shop = await openShop(stage.person);
    const isForAll = of.method === 'GET' || of.path.startsWith('/check-ins');
    const token = isForAll ? await weakKey(stage.person, shop) : (await newMember(stage.person, shop)).access_token;
    return ask(stage, shop, { ...of, token });
  },
  404: async (stage) => {
    const [shop, other] = [await openShop(stage.person), await newHouse(stage.person)];
    return ask(stage, { ...other, eventId: shop.eventId }, of);
  },
});

const CHECK_IN: Ask = { method: 'POST', path: '/check-ins', body: doorPayloads['checkIn']! };
const BULK: Ask = { method: 'POST', path: '/check-ins/bulk', body: bulk() };
const UNDO: Ask = { method: 'POST', path: `/check-ins/${SCAN}/undo`, body: doorPayloads['undoCheckIn']! };
const NOTED: Ask = { method: 'GET', path: '/check-ins?standing=double' };
const GATES: Ask = { method: 'GET', path: '/gates' };
const NEW_GATE: Ask = { method: 'POST', path: '/gates', body: doorPayloads['createGate']! };
const GATE = `/gates/gat_${NOWHERE}${NOWHERE}`;
const COUNTS: Ask = { method: 'GET', path: '/door-counts' };
const LIST: Ask = { method: 'GET', path: '/door-list' };
const SEARCH: Ask = { method: 'GET', path: '/door-search?q=ada' };
const GUESTS: Ask = { method: 'GET', path: '/guests' };
const GATES_MAX = 200;

const scan = (stage: Stage, shop: Open, body: object) => ask(stage, shop, { method: 'POST', path: '/check-ins', body });

async function undone(stage: Stage, shop: Open, body: object): Promise<LightMyRequestResponse> {
  const scanId = randomUUID();
  await scan(stage, shop, { scan_id: scanId, ...body });
  return ask(stage, shop, { ...UNDO, path: `/check-ins/${scanId}/undo` });
}

async function newGate(stage: Stage, shop: Open): Promise<string> {
  return (await ask(stage, shop, NEW_GATE)).json<{ id: string }>().id;
}

const twice =
  (of: (shop: Open) => Ask, second: object = {}): Provoke =>
  async (stage, buyer) => {
    const shop = await openDoor(stage, buyer);
    const asked = { ...of(shop), key: freshKey() };
    await ask(stage, shop, asked);
    return ask(stage, shop, { ...asked, body: { ...asked.body, ...second } });
  };

/** What every sale at a desk answers. */
const deskCases = (path: string, bodyOf: (ticketTypeId: string, quantity: number) => object): Readonly<Record<number, Provoke>> => {
  const of = ({ ticketTypeId }: Open, quantity = 1): Ask => ({ method: 'POST', path, body: bodyOf(ticketTypeId, quantity) });
  return {
    ...refusals({ method: 'POST', path, body: bodyOf(`typ_${NOWHERE}${NOWHERE}`, 1) }),
    200: twice(of),
    201: at((stage, shop) => ask(stage, shop, of(shop))),
    409: at((stage, shop) => ask(stage, shop, of(shop, 50))),
    422: twice(of, { stock: 'set_aside' }),
  };
};

export const doorCases: Cases = {
  checkIn: {
    ...refusals(CHECK_IN),
    200: at((stage, shop) => scan(stage, shop, { scan_id: randomUUID(), ticket_id: shop.ticketId })),
    422: at(async (stage, shop) => {
      const scanId = randomUUID();
      await scan(stage, shop, { scan_id: scanId, code: 'one' });
      return scan(stage, shop, { scan_id: scanId, code: 'other' });
    }),
  },
  checkInBulk: {
    ...refusals(BULK),
    200: at((stage, shop) => ask(stage, shop, BULK)),
    413: at((stage, shop) => ask(stage, shop, { ...BULK, body: { ...bulk(), device: 'a'.repeat(1_100_000) } })),
  },
  undoCheckIn: {
    ...refusals(UNDO),
    200: at((stage, shop) => undone(stage, shop, { ticket_id: shop.ticketId })),
    409: at((stage, shop) => undone(stage, shop, { code: 'unreadable' })),
  },
  listCheckIns: { ...refusals(NOTED), 200: at((stage, shop) => ask(stage, shop, NOTED)) },
  listGates: { ...refusals(GATES), 200: at((stage, shop) => ask(stage, shop, GATES)) },
  createGate: {
    ...refusals(NEW_GATE),
    200: twice(() => NEW_GATE),
    201: at((stage, shop) => ask(stage, shop, NEW_GATE)),
    409: at(async (stage, shop) => {
      for (let made = 0; made < GATES_MAX; made += 1) await newGate(stage, shop);
      return ask(stage, shop, NEW_GATE);
    }),
    422: twice(() => NEW_GATE, { name: 'Other' }),
  },
  changeGate: {
    ...refusals({ method: 'PATCH', path: GATE, body: { name: 'South' } }),
    200: at(async (stage, shop) =>
      ask(stage, shop, { method: 'PATCH', path: `/gates/${await newGate(stage, shop)}`, body: { state: 'closed' } }),
    ),
  },
  archiveGate: {
    ...refusals({ method: 'DELETE', path: GATE }),
    204: at(async (stage, shop) => ask(stage, shop, { method: 'DELETE', path: `/gates/${await newGate(stage, shop)}` })),
  },
  readDoorCounts: { ...refusals(COUNTS), 200: at((stage, shop) => ask(stage, shop, COUNTS)) },
  readDoorList: { ...refusals(LIST), 200: at((stage, shop) => ask(stage, shop, LIST)) },
  searchAtDoor: { ...refusals(SEARCH), 200: at((stage, shop) => ask(stage, shop, SEARCH)) },
  listGuests: { ...refusals(GUESTS), 200: at((stage, shop) => ask(stage, shop, GUESTS)) },
  addGuest: deskCases('/guests', (ticketTypeId, quantity) => ({ name: 'Ada', ticket_type_id: ticketTypeId, quantity })),
  sellAtDesk: deskCases('/box-office/sales', (ticketTypeId, quantity) => ({
    lines: [{ ticket_type_id: ticketTypeId, quantity }],
    tender: 'cash',
  })),
  giveTickets: deskCases('/complimentary', (ticketTypeId, quantity) => ({
    lines: [{ ticket_type_id: ticketTypeId, quantity }],
    reason: 'press',
  })),
};
