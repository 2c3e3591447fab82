import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came: `path` in its parts, decoded by nobody. */
export type Asked = {
  method: string;
  path: readonly string[];
  query: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

export function askedOf({ method, url, headers }: { method: string; url: string; headers: IncomingHttpHeaders }, body: Buffer): Asked {
  const at = url.indexOf('?');
  const path = (at < 0 ? url : url.slice(0, at)).split('/');
  return { method, path: path.slice(1), query: at < 0 ? '' : url.slice(at + 1), headers, body };
}
