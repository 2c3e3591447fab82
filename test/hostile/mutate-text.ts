import { gzipSync } from 'node:zlib';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import { setHeader } from './request.ts';

const MANY = 60_000;

type Spoiling = (text: string, random: Random) => { label: string; body: string | Buffer; isRefused: boolean };

/** A body that is no JSON, or JSON that nobody writes. */
export const spoiledText: Mutation = (request, random) => {
  if (typeof request.body !== 'string') return null;
  const { label, body, isRefused } = random.pick(spoilings)(request.body, random);
  request.body = body;
  return { label, expected: isRefused ? { isRefused } : {} };
};

/** Bodies beyond the limit, whole and honest about their length. */
export const hugeBody: Mutation = (request, random) => {
  if (request.body === null) return null;
  const { bodyMax = 65_536 } = request.route;
  const bytes = random.pick([1, 5_000, 150_000, 1_000_000, 4_000_000]) + bodyMax;
  request.body = Buffer.alloc(bytes, random.pick(['a', ' ', '[', '\0']));
  return { label: `a body of ${bytes} bytes`, expected: { isRefused: true, codes: ['BODY_TOO_LARGE'] } };
};

/** Bodies of another type, or that say so. */
export const wrongContentType: Mutation = (request, random) => {
  if (request.body === null) return null;
  const type = random.pick(OTHER_TYPES);
  setHeader(request, 'Content-Type', type);
  const isJson = type?.startsWith('application/json') ?? false;
  // What is no type at all is refused everywhere.
  const codes = [...(request.route.takesAnyType ? ['PAYMENTS_NOTIFICATION_REFUSED'] : []), 'UNSUPPORTED_MEDIA_TYPE'];
  return { label: `content-type ${type}`, expected: isJson ? {} : { isRefused: true, codes } };
};

/** A compressed body: nothing here unpacks it. */
export const zippedBody: Mutation = (request) => {
  if (typeof request.body !== 'string') return null;
  request.body = gzipSync(request.body);
  setHeader(request, 'Content-Encoding', 'gzip');
  return { label: 'gzip', expected: { isRefused: true } };
};

const OTHER_TYPES: readonly (string | null)[] = [
  null,
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'application/json-patch+json',
  'application/merge-patch+json',
  'text/json',
  'json',
  '*/*',
  ';',
  'application/',
  'x'.repeat(3_000),
  'application/json; charset=utf-16',
  'application/json; charset=latin1',
  'application/json;charset="; drop',
  'application/json;;;',
];

const spoilings: readonly Spoiling[] = [
  (text, random) => ({ label: 'cut', body: text.slice(0, random.below(text.length)), isRefused: false }),
  (text) => ({ label: 'twice', body: text + text, isRefused: true }),
  (text) => ({ label: 'single quotes', body: text === '{}' ? "'{}'" : text.replaceAll('"', "'"), isRefused: true }),
  (text) => ({ label: 'a trailing comma', body: text.replace(/\}$/, ',}'), isRefused: true }),
  (text) => ({ label: 'a byte order mark', body: `\ufeff${text}`, isRefused: false }),
  (text) => ({ label: 'a comment', body: `/* */${text}`, isRefused: true }),
  (text) => ({ label: 'UTF-16', body: Buffer.from(text, 'utf16le'), isRefused: true }),
  (text) => ({ label: 'bad UTF-8', body: Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe])]), isRefused: true }),
  (text) => ({ label: 'a NUL behind it', body: `${text}\0`, isRefused: true }),
  (text) => ({ label: 'spaces around it', body: `\n\t ${text} \r\n`, isRefused: false }),
  (text) => ({ label: 'NaN', body: text.replace(/":\d+/, '":NaN').replace('{}', '{"seconds":NaN}'), isRefused: false }),
  (text) => ({ label: 'Infinity', body: text.replace(/:\d+/, ':-Infinity').replace('{}', '{"seconds":Infinity}'), isRefused: false }),
  (text) => ({ label: '1e999', body: text.replace(/":\d+/g, '":1e999').replace('{}', '{"seconds":1e999}'), isRefused: false }),
  (text) => ({ label: 'hexadecimal', body: text.replace(/":\d+/g, '":0x10'), isRefused: false }),
  (text) => ({ label: 'a field twice', body: text.replace(/\}$/, text === '{}' ? '}' : ',"event_id":1,"event_id":[]}'), isRefused: false }),
  (_text, random) => ({
    label: 'another root',
    body: random.pick(['1', '"a"', 'true', '[]', '[{}]', '-0', '1e308', '"\\u0000"']),
    isRefused: true,
  }),
  (_text, random) => ({ label: 'nothing', body: random.pick(['', ' ', 'null', '\n', 'undefined']), isRefused: false }),
  () => ({ label: 'deep lists', body: '['.repeat(MANY / 2) + ']'.repeat(MANY / 2), isRefused: true }),
  () => ({ label: 'deep objects', body: '{"a":'.repeat(MANY / 6) + '1' + '}'.repeat(MANY / 6), isRefused: true }),
  () => ({ label: 'deep and open', body: '[{"a":'.repeat(MANY / 6), isRefused: true }),
  () => ({ label: 'deep with escapes', body: '{"\\u0061":'.repeat(5_000) + '1' + '}'.repeat(5_000), isRefused: true }),
  () => ({ label: 'many fields', body: `{${Array.from({ length: 6_000 }, (_, at) => `"f${at}":1`).join(',')}}`, isRefused: true }),
  () => ({ label: 'a long number', body: `{"seconds":${'9'.repeat(MANY)}}`, isRefused: true }),
  (text, random) => ({ label: 'a flipped bit', body: flipBit(text, random), isRefused: false }),
];

function flipBit(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
}
