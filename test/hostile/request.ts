import type { Exchange } from './wire.ts';
import type { Random } from './random.ts';
import { pathOf, type Route } from './routes.ts';
import type { World } from './world.ts';

/** A request before it is written: mutations change it, or write it their own way. */
export type Request = {
  route: Route;
  method: string;
  target: string;
  version: string;
  headers: [name: string, value: string][];
  body: string | Buffer | null;
  /** What the body says, for mutations of values; undefined where there is none. */
  json: unknown;
};

/** What must be true of the answers, beyond what is true of all. */
export type Expectation = {
  /** It is no request that could be accepted: 4xx, and nothing written. */
  isRefused?: boolean;
  /** Where a validation error must point at, or into. */
  field?: string;
  /** One of these codes, where it is refused. */
  codes?: readonly string[];
};

/** Something to send, and what to expect of it. */
export type Hostile = { label: string; route: Route; requestId: string | null; exchange: Exchange; expected: Expectation };

/** A request that its route accepts. */
export function validRequest(route: Route, world: World, random: Random, requestId: string): Request {
  const json = route.body?.(world, random);
  const headers: Request['headers'] = [
    ['Host', 'tessera.example'],
    ['X-Request-Id', requestId],
  ];
  if (route.auth !== 'none') headers.push(['Authorization', `Bearer ${tokenOf(route.auth, world)}`]);
  if (route.writes) headers.push(['Idempotency-Key', `key-${requestId}`]);
  if (json !== undefined) headers.push(['Content-Type', 'application/json']);
  return {
    route,
    method: route.method,
    target: pathOf(route, world, random),
    version: 'HTTP/1.1',
    headers,
    body: json === undefined ? null : JSON.stringify(json),
    json,
  };
}

/** What the rightful caller of a route sends. */
export function tokenOf(auth: Exclude<Route['auth'], 'none'>, { buyer, secret, person, leaver }: World): string {
  return { buyer, holder: buyer, secret, platform: secret, person, leaver }[auth];
}

/** Replaces a header, or takes it away with null. */
export function setHeader(request: Request, name: string, value: string | null): void {
  request.headers = request.headers.filter(([candidate]) => candidate.toLowerCase() !== name.toLowerCase());
  if (value !== null) request.headers.push([name, value]);
}

/** The request as bytes. Header texts go out as Latin-1, one byte a character, whatever they hold. */
export function bytesOf(request: Request): Buffer {
  const body = request.body === null ? Buffer.alloc(0) : Buffer.from(request.body);
  const isFramed = request.headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const length: Request['headers'] = request.body === null || isFramed ? [] : [['Content-Length', String(body.length)]];
  return Buffer.concat([headBytes(request, length), body]);
}

/** The request's head, with headers that say how its body is framed. */
export function headBytes(request: Request, framing: Request['headers']): Buffer {
  const lines = [...request.headers, ...framing].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${request.method} ${request.target} ${request.version}\r\n${lines}\r\n`, 'latin1');
}
