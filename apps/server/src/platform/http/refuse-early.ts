import type { IncomingMessage } from 'node:http';
import { hostilityOf } from './hostile-text.ts';
import { invalidField } from './problem.ts';

/** What is refused before any route is asked, whatever the path. */
export function refuseEarly({ url = '', headers, httpVersion }: IncomingMessage): Error | undefined {
  // A path or query that decodes to a NUL character never reaches a route: PostgreSQL could not store or compare it.
  if (url.includes('%00')) return invalidField('/url', hostilityOf('\0')!);
  // RFC 9112, 3.2; HTTP/1.0 has no such duty.
  if (headers.host === undefined && httpVersion === '1.1') return invalidField('/header/host', 'is required');
  return undefined;
}
