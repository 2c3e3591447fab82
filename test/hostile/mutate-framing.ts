import type { Mutated, Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import { bytesOf, headBytes, type Request } from './request.ts';

const KIB = Buffer.alloc(1_024, 'a');
const ENDLESS_CHUNK = Buffer.concat([Buffer.from('400\r\n'), KIB, Buffer.from('\r\n')]);

type Frame = (request: Request, body: Buffer, random: Random) => Omit<Mutated, 'expected'> & { isRefused: boolean };

/** Bodies whose length is said twice, wrongly, or not at all; and other versions of HTTP. */
export const brokenFraming: Mutation = (request, random) => {
  if (request.body === null) return null;
  const { isRefused, ...framed } = random.pick(frames)(request, Buffer.from(request.body), random);
  return { ...framed, expected: isRefused ? { isRefused } : {} };
};

/** Bodies that never end: the answer comes all the same. */
export const endlessBody: Mutation = (request, random) => {
  if (request.body === null) return null;
  const isChunked = random.chance(0.5);
  const framing: Request['headers'] = [isChunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', '9000000000']];
  const exchange = { pieces: [headBytes(request, framing)], methods: [request.method], endless: isChunked ? ENDLESS_CHUNK : KIB };
  return { label: `an endless body, ${isChunked ? 'in chunks' : 'by length'}`, expected: { isRefused: true }, exchange };
};

/** Other versions of the protocol, and none. */
export const strangeVersion: Mutation = (request, random) => {
  request.version = random.pick([
    'HTTP/1.0',
    'HTTP/0.9',
    'HTTP/1.2',
    'HTTP/2.0',
    'HTTP/3',
    'HTTP/9.9',
    'http/1.1',
    'HTTP/1.1x',
    'HTTPS/1.1',
    'RTSP/1.0',
    'ICE/1.0',
    '',
    'HTTP/1.1 HTTP/1.1',
  ]);
  return { label: `version ${request.version}`, expected: {} };
};

/** Several requests at once over one connection: each gets its own answer, in order. */
export const pipeline: Mutation = (request, random) => {
  if (request.method === 'GET' && random.chance(0.5)) request.method = 'HEAD';
  const first = bytesOf(request);
  const health = Buffer.from('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
  const count = 1 + random.below(5);
  const methods = [request.method, ...Array.from({ length: count }, () => 'GET')];
  const pieces = [first, ...Array.from({ length: count }, () => health)];
  const isSpoiled = random.chance(0.5);
  if (isSpoiled) {
    pieces.push(Buffer.from('nonsense\r\n\r\n'));
    methods.push('GET');
  }
  const joined = random.chance(0.5) ? [Buffer.concat(pieces)] : pieces;
  return { label: `${count} more at once${isSpoiled ? ', then nonsense' : ''}`, expected: {}, exchange: { pieces: joined, methods } };
};

/** Bytes that are no HTTP at all: another protocol's greeting, or noise. */
export const noise: Mutation = (request, random) => {
  const length = 1 + random.below(3_000);
  const bytes = Buffer.from(Array.from({ length }, () => random.below(256)));
  const greeting = random.pick([
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'SSH-2.0-x\r\n',
    '\x00\x00\x00\x08\x04\xd2\x16\x2f',
    'EHLO x\r\n',
    '{"jsonrpc":"2.0"}',
    '\xff',
  ]);
  const pieces = [Buffer.from(greeting, 'latin1'), bytes, '\r\n\r\n'];
  return {
    label: `${length} bytes of noise`,
    expected: { isRefused: true },
    exchange: { pieces, methods: [request.method === 'HEAD' ? 'GET' : request.method] },
  };
};

const one = (request: Request, ...pieces: (string | Buffer)[]) => ({ pieces, methods: [request.method] });

const headed =
  (label: string, headers: (length: number) => Request['headers'], isRefused: boolean): Frame =>
  (request, body) => ({ label, isRefused, exchange: one(request, headBytes(request, headers(body.length)), body) });

const chunked =
  (label: string, write: (body: Buffer) => (string | Buffer)[], isRefused: boolean): Frame =>
  (request, body) => ({
    label,
    isRefused,
    // A long body in chunks of one byte has more pieces than a call has room for arguments.
    exchange: { pieces: [headBytes(request, [['Transfer-Encoding', 'chunked']]), ...write(body)], methods: [request.method] },
  });

const hex = (body: Buffer): string => body.length.toString(16);

const frames: readonly Frame[] = [
  headed(
    'two lengths',
    (length) => [
      ['Content-Length', String(length)],
      ['Content-Length', String(length + 5)],
    ],
    true,
  ),
  headed('a length with a sign', (length) => [['Content-Length', `+${length}`]], true),
  headed('a negative length', () => [['Content-Length', '-1']], true),
  headed('a length in hexadecimal', (length) => [['Content-Length', `0x${length.toString(16)}`]], true),
  headed('a length beyond numbers', () => [['Content-Length', '9'.repeat(30)]], true),
  headed('two lengths in one', (length) => [['Content-Length', `${length}, ${length}`]], true),
  headed('chunks that are none', () => [['Transfer-Encoding', 'chunked']], true),
  headed(
    'length and chunks',
    (length) => [
      ['Content-Length', String(length)],
      ['Transfer-Encoding', 'chunked'],
    ],
    true,
  ),
  headed(
    'chunks and length',
    (length) => [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', String(length)],
    ],
    true,
  ),
  headed('an unknown coding', () => [['Transfer-Encoding', 'xchunked']], true),
  headed('a coding with a tab', () => [['Transfer-Encoding', '\tchunked']], true),
  headed('chunked, then identity', () => [['Transfer-Encoding', 'chunked, identity']], true),
  headed(
    'a coding that hides',
    (length) => [
      ['Transfer_Encoding', 'chunked'],
      ['Content-Length', String(length)],
    ],
    false,
  ),
  headed('a length with a space', (length) => [['Content-Length ', String(length)]], true),
  headed('a short length', (length) => [['Content-Length', String(Math.max(0, length - 1))]], false),
  headed('no length', () => [['X-Nothing', '1']], false),
  chunked('chunks', (body) => [`${hex(body)}\r\n`, body, '\r\n0\r\n\r\n'], false),
  chunked('single bytes', (body) => [...[...body].flatMap((byte) => ['1\r\n', Buffer.from([byte]), '\r\n']), '0\r\n\r\n'], false),
  chunked('a chunk with an extension', (body) => [`${hex(body)};a=b\r\n`, body, '\r\n0\r\n\r\n'], false),
  chunked('an extension without end', (body) => [`${hex(body)};${'a'.repeat(30_000)}\r\n`, body, '\r\n0\r\n\r\n'], true),
  chunked('a trailer', (body) => [`${hex(body)}\r\n`, body, '\r\n0\r\nIdempotency-Key: other\r\n\r\n'], false),
  chunked('long trailers', (body) => [`${hex(body)}\r\n`, body, `\r\n0\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`], true),
  chunked('a chunk of no size', (body) => ['zz\r\n', body, '\r\n0\r\n\r\n'], true),
  chunked('a negative chunk', (body) => [`-${hex(body)}\r\n`, body, '\r\n0\r\n\r\n'], true),
  chunked('a chunk beyond numbers', (body) => ['ffffffffffffffffff\r\n', body], true),
  chunked('a chunk longer than said', (body) => ['1\r\n', body, '\r\n0\r\n\r\n'], true),
  chunked('a smuggled request', (body) => [`${hex(body)}\r\n`, body, '\r\n0\r\n\r\nGET /internal/x HTTP/1.1\r\nHost: x\r\n\r\n'], false),
];
