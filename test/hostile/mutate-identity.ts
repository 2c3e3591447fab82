import { SQL, TEXTS } from './hostile-values.ts';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import { setHeader, tokenOf } from './request.ts';
import { pathOf, type Route } from './routes.ts';
import type { World } from './world.ts';

const SESSION_CODES = ['BUYER_SESSION_MISSING', 'BUYER_SESSION_INVALID', 'BUYER_SESSION_EXPIRED'];
const SECRET_CODES = ['INTERNAL_SECRET_MISSING', 'INTERNAL_SECRET_INVALID'];
const ACCESS_CODES = ['ACCESS_TOKEN_MISSING', 'ACCESS_TOKEN_INVALID', 'ACCESS_TOKEN_EXPIRED'];

/** A session or secret that is not the caller's. */
export const forgedSession: Mutation = (request, random, world) => {
  const { auth } = request.route;
  if (auth === 'none') return null;
  const others = [world.expired, world.foreignKey, world.refreshToken, world.buyer, world.secret, world.person];
  const forged = random.pick<string | null>([
    ...forgeries(tokenOf(auth, world), random),
    ...others.filter((token) => !opens(request.route, token, world)).map((token) => `Bearer ${token}`),
  ]);
  setHeader(request, 'Authorization', forged);
  // Somebody who signed in and is no member is told that nothing is there.
  const platform = [...ACCESS_CODES, 'NOT_FOUND'];
  // So is somebody whose account has claimed no buyer.
  const holder = [...SESSION_CODES, ...ACCESS_CODES, 'NOT_FOUND'];
  const codes = { buyer: SESSION_CODES, holder, secret: SECRET_CODES, platform, person: ACCESS_CODES, leaver: ACCESS_CODES }[auth];
  return { label: `authorization ${forged?.slice(0, 100)}`, expected: { isRefused: true, codes } };
};

function opens({ auth, path }: Route, token: string, world: World): boolean {
  const isPlatform = token === world.secret && path.startsWith('/api/v1/organizations');
  // The person may have taken the buyer into the account by then.
  const isPerson = token === world.person && (auth === 'leaver' || auth === 'holder');
  return auth === 'none' || token === tokenOf(auth, world) || isPerson || isPlatform;
}

function forgeries(token: string, random: Random): (string | null)[] {
  const at = random.below(token.length);
  // The lowest bits of a last base64 character may mean nothing, so that flips are of characters' higher bits.
  const flipped = token.slice(0, at) + (token[at] === 'A' ? 'Q' : 'A') + token.slice(at + 1);
  return [
    null,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${flipped}`,
    `Bearer ${token.slice(0, -1 - random.below(10))}`,
    `Bearer ${token}A`,
    `Bearer  ${token}`,
    `Bearer ${token} ${token}`,
    `Bearer ${token}, Bearer ${token}`,
    `Basic ${Buffer.from(`a:${token}`).toString('base64')}`,
    token,
    `Token ${token}`,
    `Bearer ${token.toUpperCase()}`,
    `Bearer ${'A'.repeat(8_000)}`,
    `Bearer bys_${'='.repeat(52)}`,
    `Bearer ${random.pick(SQL)}`,
    'Bearer null',
    `Bearer \u00ff\u00fe${token.slice(2)}`,
  ];
}

/** Ids of nothing, of other kinds, of other buyers and of other events, in the path or the body. */
export const foreignId: Mutation = (request, random, world) => {
  const id = random.pick([...foreignIds(world, random), ...SQL]);
  if (request.route.id && (request.json === undefined || random.chance(0.6))) {
    const target = random.pick(request.route.path.match(/\{\w+\}/g) ?? ['{id}']);
    const path = request.route.path.replace(target, encodeURIComponent(id));
    request.target = pathOf({ ...request.route, path }, world, random);
    return { label: `path id ${id}`, expected: {} };
  }
  if (typeof request.body !== 'string') return null;
  const ids = [...request.body.matchAll(/"((?:evt|typ|org)_\w+)"/g)].map(([, found]) => found!);
  if (ids.length === 0) return null;
  const before = random.pick(ids);
  request.body = request.body.replace(JSON.stringify(before), JSON.stringify(id));
  return { label: `body id ${before} -> ${id}`, expected: {} };
};

function foreignIds({ event, other, bookings, organizationId }: World, random: Random): string[] {
  const unknown = `00${random.text(24, '0123456789abcdefghjkmnpqrstvwxyz')}`;
  const home = event.eventId.slice(4);
  return [
    event.eventId,
    event.free,
    event.paid,
    event.hidden,
    event.quota,
    other.eventId,
    other.free,
    bookings.strangers,
    bookings.others,
    organizationId,
    `evt_${unknown}`,
    `typ_${unknown}${unknown}`,
    `typ_${home}${unknown}`,
    `typ_${other.eventId.slice(4)}${event.free.slice(30)}`,
    `bkg_${home}${unknown}`,
    `bkg_${other.eventId.slice(4)}${bookings.strangers.slice(30)}`,
    `quo_${home}${unknown}`,
    event.free.toUpperCase(),
    ` ${event.free}`,
    `${event.free}\u0000`,
    event.free.replace('typ_', 'typ-'),
    event.free.slice(0, -1),
    `${event.eventId}/../${other.eventId}`,
  ];
}

/** Idempotency-Keys that are none, or that came with another payload. */
export const strangeKey: Mutation = (request, random, world) => {
  // Reading takes no key, though it may be recorded.
  if (!request.route.writes || request.route.method === 'GET') return null;
  if (random.chance(0.3)) {
    setHeader(request, 'Idempotency-Key', world.usedKey);
    return { label: 'a key of other requests', expected: {} };
  }
  const key = random.pick([
    null,
    '',
    ' ',
    'k'.repeat(256),
    'k'.repeat(5_000),
    'sch\u00f6n',
    '\u0080',
    '\ttab',
    'a\tb',
    ...SQL,
    ...TEXTS.filter((text) => /^[\x20-\x7e]*$/.test(text)),
  ]);
  setHeader(request, 'Idempotency-Key', key);
  // Of what people do for themselves and their organizations only a founding takes a key.
  const { auth, path } = request.route;
  const isRead = auth !== 'person' || path === '/api/v1/organizations';
  const isBad = isRead && key !== null && (/[^\x20-\x7e]/.test(key.trim()) || key.length > 255);
  return { label: `key ${JSON.stringify(key?.slice(0, 50))}`, expected: isBad ? { isRefused: true } : {} };
};
