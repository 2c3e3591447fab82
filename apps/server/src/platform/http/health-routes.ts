import { Health, problemResponses } from '@tessera/contract';
import type { HttpServer } from './http-server.ts';
import { problem } from './problem.ts';

export type HealthContext = {
  /** Resolves when the server can do its work; rejects with what is missing. */
  probe(): Promise<unknown>;
  isDraining(): boolean;
};

const NO_STORE = { 'cache-control': 'no-store' };
const live = { operationId: 'readLive', summary: 'Whether the process runs', tags: ['operation'], response: { 200: Health } };
const ready = {
  operationId: 'readReady',
  summary: 'Whether the server can do its work',
  description: 'Ready means that the database answers. A server that is stopping is not ready.',
  tags: ['operation'],
  response: { 200: Health, ...problemResponses('UNAVAILABLE') },
};

export function healthRoutes(http: HttpServer, { probe, isDraining }: HealthContext): void {
  http.get('/health/live', { schema: live, config: { audience: 'public' } }, async (_request, reply) => {
    reply.headers(NO_STORE);
    return { status: 'live' as const };
  });
  http.get('/health/ready', { schema: ready, config: { audience: 'public' } }, async (_request, reply) => {
    if (isDraining()) throw problem('UNAVAILABLE', { detail: 'The server is stopping.' });
    await probe().catch((cause: unknown) => {
      throw problem('UNAVAILABLE', { detail: 'The database does not answer.', cause, headers: { 'retry-after': '1' } });
    });
    reply.headers(NO_STORE);
    return { status: 'ready' as const };
  });
}
