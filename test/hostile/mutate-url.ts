import { INJECTIONS, SQL, TEXTS } from './hostile-values.ts';
import type { Mutation } from './mutation.ts';
import { setHeader } from './request.ts';

const METHODS = [
  'DELETE',
  'PUT',
  'PATCH',
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'M-SEARCH',
  'PURGE',
  'BREW',
  'get',
  'P\u00d6ST',
];

/** Methods that the route does not know, or nobody does. */
export const wrongMethod: Mutation = (request, random) => {
  const method = random.pick(METHODS);
  if (method === request.route.method || (method === 'HEAD' && request.route.method === 'GET')) return null;
  request.method = method;
  // These come without a body; the rest of CONNECT's would be the tunnel's.
  if (/^(CONNECT|HEAD|GET|get)$/.test(method)) {
    request.body = null;
    setHeader(request, 'Content-Type', null);
  }
  return { label: `${method} ${request.target}`, expected: {} };
};

/** Paths that nobody has, or that mean another one. */
export const strangePath: Mutation = (request, random) => {
  const { target } = request;
  const cut = 1 + random.below(target.length);
  const made = random.pick<string>([
    `${target}/`,
    `//${target}`,
    `${target}//`,
    `/.${target}`,
    `/x/..${target}`,
    `${target}/../../internal/bookings`,
    `/%2e%2e%2f${target}`,
    `${target}%2f`,
    `${target};jsessionid=1`,
    `${target}.json`,
    `${target}%20`,
    `${target}%09`,
    `${target}%0a`,
    `${target}%00`,
    `${target}%2500`,
    `${target.slice(0, cut)}%zz${target.slice(cut)}`,
    `${target.slice(0, cut)}%${target.slice(cut)}`,
    `${target.slice(0, cut)}%c0%af${target.slice(cut)}`,
    `${target.slice(0, cut)}%u002f${target.slice(cut)}`,
    `${target.slice(0, cut)}%ED%A0%80${target.slice(cut)}`,
    `${target.slice(0, cut)}\u00ff${target.slice(cut)}`,
    `${target.slice(0, cut)}\\${target.slice(cut)}`,
    target.toUpperCase(),
    target.replaceAll(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    `/${'a'.repeat(14_000)}`,
    `/${'a/'.repeat(7_000)}`,
    `${target}/${'x'.repeat(300)}`,
    '/:id(',
    '/api/v1/events/:id(^(a+)+$)',
    '/*',
    '*',
    '/internal',
    '/internal/',
    '/internal/bookings',
    '/docs/static/..%2f..%2f..%2fpackage.json',
    '/docs/static/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2fhtml.ts',
    '/assets/__proto__',
    '/pictures/..%2f..%2fx.svg',
    `/api/v1/${random.text(12, 'abc/%.-_~')}`,
    `/${encodeURIComponent(random.pick(TEXTS.map((text) => text.toWellFormed())))}`,
    `http://evil.example${target}`,
    `https://user:pass@evil.example:99999${target}`,
    'http://[::1',
    `ftp://evil.example${target}`,
    `${target}#fragment`,
    `?${target}`,
    'evil.example:443',
  ]);
  request.target = made;
  return { label: `path ${made.slice(0, 120)}`, expected: {} };
};

const QUERY_NAMES = ['limit', 'starting_after', 'access_code', 'full', 'after', '__proto__', 'constructor', 'limit[]', 'limit[a]', 'x', ''];

/** Queries with fields nobody knows, values nobody means, and tries to get at headers and pages. */
export const strangeQuery: Mutation = (request, random) => {
  const values = [
    ...TEXTS.map((text) => encodeURIComponent(text.toWellFormed())),
    ...INJECTIONS,
    ...SQL.map(encodeURIComponent),
    'Infinity',
    '1e999',
    '0x10',
    '%00',
    '%zz',
    '%',
    '1.5',
    '-1',
    '101',
    'a'.repeat(9_000),
    '9'.repeat(400),
  ];
  const count = random.pick([1, 1, 1, 2, 3, 400]);
  const length = count === 400 ? 3 : Number.POSITIVE_INFINITY;
  const fields = Array.from({ length: count }, () => `${random.pick(QUERY_NAMES)}=${random.pick(values).slice(0, length)}`);
  const query = fields
    .join(random.pick(['&', ';', '&&']))
    .replaceAll(' ', '+')
    .slice(0, 14_000);
  request.target += `?${query}`;
  return { label: `query ${query.slice(0, 120)}`, expected: {} };
};
