import { NEVER_NUMBERS, NEVER_TEXTS, NUMBERS, TEXTS, TIMES } from './hostile-values.ts';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import type { Request } from './request.ts';

type Container = Record<string, unknown>;
/** A place in a body: its pointer, what holds it, under which name. */
type Place = { pointer: string; holder: Container; name: string };

/** Puts a value where none of its kind belongs: it must be refused, by the name of the field. */
export const wrongValue: Mutation = (request, random) => {
  const place = pickPlace(request, random);
  if (place === null) return null;
  const { pointer, holder, name } = place;
  // A copy: a second mutation may reach into it, and the values are everybody's.
  const value = structuredClone(random.pick(neverFor(holder[name])));
  holder[name] = value;
  request.body = JSON.stringify(request.json);
  return { label: `${pointer} = ${String(JSON.stringify(value)).slice(0, 80)}`, expected: { isRefused: true, field: pointer } };
};

/** Puts a value of the right kind that nobody would send; it may be fine. */
export const oddValue: Mutation = (request, random) => {
  const place = pickPlace(request, random);
  if (place === null) return null;
  const { pointer, holder, name } = place;
  const before = holder[name];
  if (typeof before === 'object' && before !== null) return null;
  const value = random.pick<unknown>(typeof before === 'number' ? NUMBERS : /_at$/.test(name) ? TIMES : TEXTS);
  holder[name] = value;
  request.body = JSON.stringify(request.json);
  return { label: `${pointer} = ${JSON.stringify(value)}`, expected: {} };
};

/** A field that nobody knows, also under names that reach into an object's prototype. */
export const unknownField: Mutation = (request, random) => {
  if (!isContainer(request.json)) return null;
  const places = [{ pointer: '', holder: request.json }, ...placesIn(request.json).flatMap(intoObject)];
  const { pointer, holder } = random.pick(places);
  const name = random.pick([
    '__proto__',
    'constructor',
    'toString',
    'prototype',
    'is_admin',
    'price_minor2',
    '',
    'a/b~c',
    '\u0000',
    'x'.repeat(5_000),
  ]);
  // A key `__proto__` must be an own property, as JSON.parse would make it.
  Object.defineProperty(holder, name, { value: { polluted: true }, enumerable: true, configurable: true, writable: true });
  request.body = JSON.stringify(request.json);
  return { label: `unknown ${pointer}/${name.slice(0, 20)}`, expected: { isRefused: true, field: pointer } };
};

/** A field that is missing, or there twice. */
export const missingField: Mutation = (request, random) => {
  const place = pickPlace(request, random);
  if (place === null) return null;
  const { pointer, holder, name } = place;
  if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete holder[name];
  request.body = JSON.stringify(request.json);
  return { label: `without ${pointer}`, expected: {} };
};

/** Lists that may have more than twenty entries, and how many. */
const LONG_LISTS: Readonly<Record<string, number>> = { scopes: 21, ticket_numbers: 1_000, tickets: 1_000, scans: 1_000, answers: 100 };

/** Lists of 10,000, and lists that hold one thing many times. */
export const longList: Mutation = (request, random) => {
  if (!isContainer(request.json)) return null;
  const lists = placesIn(request.json).filter(({ holder, name }) => Array.isArray(holder[name]));
  if (lists.length === 0) return null;
  const { pointer, holder, name } = random.pick(lists);
  const [first] = holder[name] as unknown[];
  const count = random.pick([0, 21, 300, 1_001, 10_000]);
  holder[name] = Array.from({ length: count }, () => first);
  request.body = JSON.stringify(request.json);
  // Some lists may be empty, and some may be long and name the same more than once.
  const isTooLong = count > (LONG_LISTS[name] ?? 20);
  return { label: `${pointer} of ${count}`, expected: isTooLong ? { isRefused: true } : {} };
};

function neverFor(value: unknown): readonly unknown[] {
  // Where a fraction stands, others may.
  if (typeof value === 'number') return Number.isInteger(value) ? NEVER_NUMBERS : NEVER_NUMBERS.filter((one) => typeof one !== 'number');
  if (typeof value === 'string') return NEVER_TEXTS;
  if (typeof value === 'boolean') return ['true', 1, 0, [], {}];
  // Null may say that a list names all there is.
  if (Array.isArray(value)) return [1, 'a', true, {}, { length: 1, 0: {} }];
  // What may be null is a text or a number besides.
  if (value === null) return [true, [], {}, 1.5];
  return [1, 'a', true, []];
}

function pickPlace({ json }: Request, random: Random): Place | null {
  if (!isContainer(json)) return null;
  const places = placesIn(json);
  return places.length === 0 ? null : random.pick(places);
}

function placesIn(container: Container, pointer = ''): Place[] {
  return Object.entries(container).flatMap(([name, value]) => {
    const place = { pointer: `${pointer}/${name}`, holder: container, name };
    return isContainer(value) ? [place, ...placesIn(value, place.pointer)] : [place];
  });
}

function intoObject({ pointer, holder, name }: Place): { pointer: string; holder: Container }[] {
  const value = holder[name];
  return isContainer(value) && !Array.isArray(value) ? [{ pointer, holder: value }] : [];
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
