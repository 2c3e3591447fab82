import { tokenOf } from './request.ts';
import { pathOf, routes, type Writes } from './routes.ts';
import { Random } from './random.ts';
import { TIMES } from './hostile-values.ts';
import type { World } from './world.ts';

/** A request of the right shape whose values lie at the edge of what PostgreSQL's types, checks and keys take. */
export type Poison = {
  label: string;
  method: string;
  path: string;
  body: unknown;
  token: string;
  writes: Writes;
  /** Whether it may be accepted: it is odd, but sound. */
  isFine: boolean;
};

type Change = Readonly<Record<string, unknown>>;

const INT4 = [2_147_483_647, 2_147_483_648, -2_147_483_648, -2_147_483_649, 4_294_967_296];
const INT8 = [Number.MAX_SAFE_INTEGER, 2 ** 53, 2 ** 63, 9.3e18, 1e21, 1e300];
const NEVER_TEXTS = ['\0', 'a\0', '\ud800', '\udc00\ud800', 'a\ud83d'];
const ODD_TEXTS = ['\ufffe', '\u0001', '\u007f', "'", '\\', '\\x00', '%s', '{}', '\u{10ffff}', '\u2028'];
const ODD_CODES = ["'", '"', '\\', '%', '_', '$1', '--', '{a,b}', 'NULL', '(,)', '\\N'];
const ZONES = ['Europe/Vienna', 'UTC', 'Etc/GMT-14', 'EST5EDT', 'GMT0', 'Zulu'];
const NEVER_ZONES = ['+02:00', 'Mars/Base', 'posixrules', 'infinity', 'a\0', '../UTC', 'UTC; drop'];
const MINUTE_LATER = '2099-05-01T18:01:00Z';

/** Every poison that anybody thought of. */
export function poisons(world: World): Poison[] {
  return [
    ...vary(world, 'POST /api/v1/organizations/{id}/events', [
      ...TIMES.map((time) => ({ change: { starts_at: time, ends_at: time }, isFine: true })),
      ...TIMES.map((time) => ({ change: { sale: { sales_start_at: time } }, isFine: true })),
      ...TIMES.map((time) => ({ change: { sale: { sales_start_at: MINUTE_LATER, sales_end_at: time } }, isFine: true })),
      ...both('title', NEVER_TEXTS, ODD_TEXTS),
      ...both('description', NEVER_TEXTS, [...ODD_TEXTS, '']),
      ...both('time_zone', NEVER_ZONES, ZONES),
      ...both('currency', ['eur', 'EU', 'ЕUR', 'EUR ', '\0\0\0'], ['ZZZ', 'JPY']),
      ...both(
        'picture',
        ['/\0', 'https://\ud800', '/ä', 'data:,', '/', '/"><script>'],
        ['https://x', 'https://x/%00', 'https://x/"><script>'],
      ),
      ...INT4.map((value) => ({ change: { sale: { hold_seconds: value } }, isFine: false })),
      ...INT4.map((value) => ({ change: { sale: { booking_max: value } }, isFine: false })),
      ...[...INT4, ...INT8].map((value) => ({ change: { sale: { buyer_max: value } }, isFine: false })),
      { change: { ends_at: '2099-05-01T17:59:59.999Z' }, isFine: false },
      { change: { sale: { sales_start_at: MINUTE_LATER, sales_end_at: MINUTE_LATER } }, isFine: false },
    ]),
    ...vary(world, 'POST /api/v1/organizations/{id}/events/{event_id}/ticket-types', [
      ...[...INT4, ...INT8].flatMap((value) =>
        ['capacity', 'position', 'booking_min', 'booking_max', 'buyer_max'].map((name) => ({ change: { [name]: value }, isFine: false })),
      ),
      ...INT8.map((value) => ({ change: { price_minor: value }, isFine: false })),
      { change: { price_minor: 100_000_000_000, capacity: 100_000_000, position: 10_000 }, isFine: true },
      { change: { price_minor: -0, capacity: -0, position: -0 }, isFine: true },
      { change: { booking_min: 5, booking_max: 4 }, isFine: false },
      { change: { sales_start_at: '9999-12-30T00:00:00Z', sales_end_at: null }, isFine: true },
      ...both('access_code', ['a b', '\0', 'ä', '', '\ud800'], ODD_CODES),
      ...both('name', [...NEVER_TEXTS, ''], ODD_TEXTS),
    ]),
    ...vary(
      world,
      'POST /api/v1/organizations/{id}/events/{event_id}/ticket-types/{ticket_type_id}/set-aside',
      [...INT4, ...INT8, 100_000_000, -100_000_000].map((quantity) => ({ change: { quantity }, isFine: false })),
    ),
    ...vary(world, 'POST /api/v1/organizations', both('name', NEVER_TEXTS, [])),
    ...vary(world, 'POST /api/v1/bookings', placings(world)),
    ...vary(
      world,
      'POST /api/v1/bookings/{id}/extend',
      [...INT4, ...INT8, 86_401].map((seconds) => ({ change: { seconds }, isFine: false })),
    ),
    ...vary(
      world,
      'POST /api/v1/bookings/{id}/offers',
      [...INT4, ...INT8, 0, -1].map((number) => ({ change: { ticket_numbers: [number] }, isFine: false })),
    ),
  ];
}

function placings({ event }: World): { change: Change; isFine: boolean }[] {
  const many = Array.from({ length: 20 }, () => ({ ticket_type_id: event.paid, quantity: 1_000 }));
  return [
    { change: { lines: many }, isFine: false },
    ...[...INT4, ...INT8].map((quantity) => ({ change: { lines: [{ ticket_type_id: event.free, quantity }] }, isFine: false })),
    ...both('access_code', NEVER_TEXTS, [...ODD_CODES, ...ODD_TEXTS]),
    {
      change: { lines: [{ ticket_type_id: `typ_${event.eventId.slice(4)}${'7'.repeat(1)}${'z'.repeat(25)}`, quantity: 1 }] },
      isFine: false,
    },
    {
      change: { event_id: `evt_7${'z'.repeat(25)}`, lines: [{ ticket_type_id: `typ_7${'z'.repeat(25)}7${'z'.repeat(25)}`, quantity: 1 }] },
      isFine: false,
    },
    { change: { event_id: `evt_8${'0'.repeat(25)}` }, isFine: false },
  ];
}

function both(name: string, never: readonly unknown[], odd: readonly unknown[]): { change: Change; isFine: boolean }[] {
  return [
    ...never.map((value) => ({ change: { [name]: value }, isFine: false })),
    ...odd.map((value) => ({ change: { [name]: value }, isFine: true })),
  ];
}

function vary(world: World, name: string, changes: readonly { change: Change; isFine: boolean }[]): Poison[] {
  const route = routes.find(({ method, path }) => `${method} ${path}` === name);
  if (route === undefined) throw new Error(`There is no route ${name}.`);
  return changes.map(({ change, isFine }, index) => {
    const random = new Random(1, index);
    return {
      label: `${name} ${JSON.stringify(change).slice(0, 120)}`,
      method: route.method,
      path: pathOf(route, world, random),
      body: { ...(route.body?.(world, random) as object), ...change },
      token: route.auth === 'none' ? '' : tokenOf(route.auth, world),
      writes: route.writes ?? {},
      isFine,
    };
  });
}
