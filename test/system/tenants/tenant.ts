import { signedInWithPasskey } from '../contract/with-passkey.ts';
import type { Bearer, Houses, Someone } from '../houses.ts';
import { LIVE_SCOPES, newBuyerToken, TEST_SCOPES } from '../policies/callers.ts';
import { idOf } from '../policies/scene.ts';

/** What an id can stand for, and which: those of one tenant. */
export type Ids = Readonly<Record<Slot, string>>;
export type Slot =
  | 'org'
  | 'event'
  | 'open'
  | 'type'
  | 'hidden'
  | 'openType'
  | 'quota'
  | 'question'
  | 'venue'
  | 'promo'
  | 'access'
  | 'key'
  | 'person'
  | 'invitation'
  | 'orgKey'
  | 'booking'
  | 'confirmed'
  | 'draftBooking'
  | 'ticket'
  | 'run'
  | 'gate'
  | 'session'
  | 'ownKey'
  | 'passkey'
  | 'claim';

/** Who asks. */
export const CALLERS = ['owner', 'manager', 'scanner', 'key', 'ownKey', 'testKey', 'person', 'buyer', 'nobody'] as const;
export type CallerName = (typeof CALLERS)[number];

/** An organization with people, buyers and something of everything. What only its own may see bears its mark. */
export type Tenant = { ids: Ids; mark: string; tokens: Readonly<Record<CallerName, string | null>>; buyerToken: string };

const PASSWORD = 'a long walk by the sea';

export async function buildTenant(houses: Houses, mark: string): Promise<Tenant> {
  const owner = await houses.newPerson();
  await houses.send(owner, 'PATCH', '/users/me', { name: `Owner ${mark}` });
  const org = await houses.found(owner);
  const make = (path: string, body: object, key?: string) => idOf(houses.send(owner, 'POST', `/organizations/${org}${path}`, body, key));
  const things = await makeThings(make, mark);
  const [manager, scanner] = [await houses.joinAs(org, owner, 'manager'), await houses.joinAs(org, owner, 'scanner')];
  const key = await houses.organizationKey(org, owner, LIVE_SCOPES, { name: `Key ${mark}` });
  const testKey = await houses.organizationKey(org, owner, TEST_SCOPES, { is_test: true });
  const own = await makeOwn(houses, mark, things);
  const ids: Ids = {
    ...{ org, ...things, person: scanner.id, orgKey: key.id, ...own.ids },
    invitation: await make('/invitations', { email: `${mark.toLowerCase()}@example.org`, role: 'scanner' }),
  };
  const bearers: Readonly<Record<string, Bearer>> = {
    ...{ owner, manager, scanner, key, testKey, ownKey: await houses.personalKey(owner, LIVE_SCOPES) },
    ...{ person: { access_token: own.person }, buyer: { access_token: own.buyer } },
  };
  const tokens = Object.fromEntries(CALLERS.map((name) => [name, bearers[name]?.access_token ?? null]));
  return { ids, mark, tokens: tokens as Tenant['tokens'], buyerToken: own.buyer };
}

type Make = (path: string, body: object, key?: string) => Promise<string>;
type Things = Pick<
  Ids,
  'event' | 'open' | 'type' | 'hidden' | 'openType' | 'quota' | 'question' | 'venue' | 'promo' | 'access' | 'key' | 'gate'
>;

/** The open event is for everybody; of the draft nobody else may know. */
async function makeThings(make: Make, mark: string): Promise<Things> {
  const [promo, access, key] = [`PROMO${mark}`, `ACCESS${mark}`, `key-of-${mark}`];
  const venue = await make('/venues', { name: `Venue ${mark}`, city: 'Graz', time_zone: 'Europe/Vienna' });
  const event = await make('/events', eventBody(`Draft ${mark}`, 'draft'), key);
  const at = `/events/${event}`;
  const type = await make(`${at}/ticket-types`, { name: `Seat ${mark}`, price_minor: 1000, capacity: 100 });
  const hidden = await make(`${at}/ticket-types`, { name: `Hidden ${mark}`, price_minor: 900, capacity: 50, access_code: access });
  const quota = await make(`${at}/quotas`, { name: `Quota ${mark}`, capacity: 80, ticket_type_ids: [type] });
  const question = await make(`${at}/questions`, { label: `Question ${mark}`, kind: 'text', ticket_type_ids: [type] });
  const gate = await make(`${at}/gates`, { name: `Gate ${mark}` });
  const open = await make('/events', eventBody('Open evening', 'on_sale'));
  const openType = await make(`/events/${open}/ticket-types`, { name: 'Standing', price_minor: 0, capacity: 100_000, booking_max: 50 });
  await make(`/events/${open}/ticket-types`, { name: `Behind ${mark}`, price_minor: 0, capacity: 9, access_code: access });
  for (const path of [at, `/events/${open}`]) await make(`${path}/promo-codes`, { code: promo, kind: 'percent', value: 500_000 });
  return { venue, event, type, hidden, quota, question, gate, open, openType, promo, access, key };
}

function eventBody(title: string, state: string): object {
  return {
    ...{ title, venue: { name: 'Hall', city: 'Vienna' }, time_zone: 'Europe/Vienna', currency: 'EUR' },
    ...{ starts_at: '2099-05-01T18:00:00Z', ends_at: '2099-05-01T21:00:00Z', sale: { state, booking_max: 1000 } },
  };
}

/** A person’s own: a session with a passkey, a key and a claimed buyer, who has booked twice. */
async function makeOwn(houses: Houses, mark: string, { event, open, openType }: Things) {
  const { token: person, id: passkey, email } = await signedInWithPasskey(houses.person);
  const someone = { access_token: person } as Someone;
  await houses.send(someone, 'PATCH', '/users/me', { name: `Person ${mark}` });
  const opened = await houses.send(null, 'POST', '/sessions', { email, password: PASSWORD });
  const buyer = await newBuyerToken(houses);
  const body = { event_id: open, lines: [{ ticket_type_id: openType, quantity: 2 }] };
  const book = (confirm: boolean) => idOf(houses.send({ access_token: buyer }, 'POST', '/bookings', { ...body, confirm }));
  await houses.server.inject({
    method: 'PUT',
    url: '/api/v1/buyer-sessions/me/contact',
    headers: { authorization: `Bearer ${buyer}` },
    payload: { email: `buyer-${mark.toLowerCase()}@example.org` },
  });
  const confirmed = await book(true);
  const ids = {
    ...{
      booking: await book(false),
      confirmed,
      ticket: `${confirmed.replace('bkg', 'tkt')}001`,
      draftBooking: `bkg_${event.slice(4)}${event.slice(4)}`,
      passkey,
    },
    run: `rfr_${event.slice(4)}${event.slice(4)}`,
    session: opened.json<{ session_id: string }>().session_id,
    ownKey: await idOf(houses.send(someone, 'POST', '/users/me/api-keys', { name: `Own ${mark}`, scopes: [], password: PASSWORD })),
    claim: await idOf(houses.send(someone, 'POST', '/users/me/buyer-sessions', { token: buyer })),
  };
  return { person, buyer, ids };
}
