import { MARK, SQL } from './hostile-values.ts';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import { setHeader, type Request } from './request.ts';

/** Bytes that end a header, or that no header holds: the whole request is refused, or they are only a value. */
export const brokenHeader: Mutation = (request, random) => {
  const name = random.pick([
    'X-Request-Id',
    'Idempotency-Key',
    'Authorization',
    'X-Forwarded-For',
    'User-Agent',
    'Host',
    'Accept',
    'If-None-Match',
  ]);
  const poison = random.pick([
    '\0',
    '\r',
    '\n',
    '\r\n\r\n',
    '\x01',
    '\x7f',
    '\u0080\u00ff',
    '\r\n ',
    `\r\nX-${MARK}: 1\r\nX-Rest: `,
    `\nX-${MARK}: 1`,
  ]);
  setHeader(request, name, `a${poison}b`);
  return { label: `${name} with ${JSON.stringify(poison)}`, expected: {} };
};

type Addition = (request: Request, random: Random) => string;

/** Headers that mean something to somebody, with values nobody should believe. */
export const strangeHeader: Mutation = (request, random) => {
  return { label: random.pick(additions)(request, random), expected: {} };
};

const put =
  (name: string, values: readonly string[]): Addition =>
  (request, random) => {
    const value = random.pick(values);
    setHeader(request, name, value);
    return `${name}: ${value.slice(0, 80)}`;
  };

const again =
  (name: string, values: readonly string[]): Addition =>
  (request, random) => {
    const value = random.pick(values);
    request.headers.push([name, value]);
    return `${name} again: ${value.slice(0, 80)}`;
  };

const additions: readonly Addition[] = [
  put('X-Request-Id', ['a b', '', 'x'.repeat(65), 'x'.repeat(8_000), `<script>${MARK}</script>`, `a, ${MARK}`, '../../x', ...SQL]),
  put('Host', ['', 'a b', 'evil.example', `${MARK}`, 'a:99999', '[::1', 'a,b', 'x'.repeat(5_000), '\u00e4']),
  put('Expect', ['100-continue', 'nonsense', '', '100-continue, nonsense']),
  put('Accept', ['text/xml', '', ';;;', 'x'.repeat(9_000)]),
  put('Accept-Encoding', ['identity;q=0, *;q=0', 'gzip', '\u00ff']),
  put('Accept-Version', ['99', '1.x', '*', '']),
  put('If-None-Match', ['*', '"', ','.repeat(9_000), `"${MARK}"`, 'W/'.repeat(4_000)]),
  put('If-Modified-Since', ['never', '9999999999999999']),
  put('Range', ['bytes=0-', 'bytes=999999999-', 'bytes=-1', 'bytes=a-b', `bytes=${'0-1,'.repeat(2_000)}`, 'lines=1']),
  put('Content-Encoding', ['gzip', 'br', 'identity', 'x'.repeat(4_000)]),
  put('Connection', ['close', 'keep-alive, Authorization', 'Upgrade', 'x'.repeat(3_000), 'close, keep-alive']),
  put('Upgrade', ['h2c', 'websocket', 'TLS/1.0', '']),
  put('Cookie', ['a=b; '.repeat(2_000), '\u00ff', '__proto__=1']),
  put('X-HTTP-Method-Override', ['DELETE', 'PATCH']),
  put('X-Forwarded-For', ['127.0.0.1', "' or 1=1", '1.1.1.1, '.repeat(1_000)]),
  put('X-Forwarded-Host', [MARK, 'evil.example']),
  put('Origin', ['null', 'https://evil.example', MARK]),
  put('Forwarded', ['for=x;host=evil.example', ';;;']),
  put('Te', ['trailers', 'gzip']),
  put('__proto__', ['1']),
  put('constructor', ['1']),
  put('Long', ['x'.repeat(10_000), 'x'.repeat(20_000), 'x'.repeat(100_000)]),
  again('Authorization', ['Bearer x', 'Basic x']),
  again('Idempotency-Key', ['other', '\u00ff']),
  again('Content-Type', ['text/plain', 'application/json']),
  again('Host', ['evil.example']),
  again('X-Request-Id', ['twice']),
  again('Accept-Language', ['de', '\u00ff']),
  (request, random) => {
    const count = random.pick([100, 1_999, 3_000]);
    for (let at = 0; at < count; at += 1) request.headers.push(['a', '']);
    return `${count} headers`;
  },
  (request, random) => {
    request.headers.push([random.pick(['', ' ', 'a b', 'a\0', '\u00ff', 'a(', 'x'.repeat(20_000)]), 'x']);
    return 'a header of no name';
  },
  (request) => {
    setHeader(request, 'Host', null);
    return 'no host';
  },
];
