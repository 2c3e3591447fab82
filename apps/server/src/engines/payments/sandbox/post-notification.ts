import { Agent, request } from 'node:http';
import type { Clock } from '../../../platform/clock/index.ts';
import { SIGNATURE_HEADER, type Signatures } from '../signatures.ts';
import type { Post } from './deliver.ts';

/** A listener that has not answered by then is asked again later. */
const DEADLINE_MS = 15_000;

export type PosterOptions = { signatures: Signatures; clock: Clock; connectionsMax: number };

/** Posts signed notifications over connections that stay open. Redirects are not followed: only 2xx is an arrival. */
export function buildPoster({ signatures, clock, connectionsMax }: PosterOptions): { post: Post; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connectionsMax, maxFreeSockets: connectionsMax, scheduling: 'lifo' });
  const post: Post = (url, body) =>
    new Promise((resolve) => {
      const call = request(url, {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          [SIGNATURE_HEADER]: signatures.sign(body, clock.nowMs()),
        },
      });
      const deadline = setTimeout(() => call.destroy(new Error('late')), DEADLINE_MS);
      const settle = (hasArrived: boolean): void => {
        clearTimeout(deadline);
        resolve(hasArrived);
      };
      call.on('response', (response) => {
        const { statusCode = 0 } = response;
        response.resume();
        response.on('end', () => settle(statusCode >= 200 && statusCode < 300));
        response.on('close', () => settle(false));
      });
      call.on('error', () => settle(false));
      call.end(body);
    });
  return { post, close: () => agent.destroy() };
}
