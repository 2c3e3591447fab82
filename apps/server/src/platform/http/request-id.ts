import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What is taken over from a caller: it is logged and answered, so it must be short and plain. */
const SANE = /^[A-Za-z0-9._~-]{1,64}$/;

/** Makes the ids of requests: the caller's X-Request-Id where it is sane, else this process's name and a count. */
export function buildRequestIds(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const process = randomBytes(6).toString('base64url');
  let count = 0;
  return (request) => {
    const given = request.headers['x-request-id'];
    if (typeof given === 'string' && SANE.test(given)) return given;
    count += 1;
    return `${process}-${count.toString(36)}`;
  };
}
