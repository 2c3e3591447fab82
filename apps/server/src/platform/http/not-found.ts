import type { HTTPMethods } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpServer } from './http-server.ts';
import { pathOf } from './path-of.ts';
import { problem } from './problem.ts';

const METHODS: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** 405 with Allow where the path exists under another method, else 404. */
export function answerNotFound(http: HttpServer) {
  return function notFound(request: FastifyRequest, _reply: FastifyReply): never {
    const url = pathOf(request.raw.url);
    const allowed = METHODS.filter((method) => http.findRoute({ url, method }) !== null);
    // A route of this very method that finds nothing, as that of static files, comes here, too.
    const isAllowed = allowed.includes(request.method === 'HEAD' ? 'GET' : (request.method as HTTPMethods));
    if (allowed.length > 0 && !isAllowed)
      throw problem('METHOD_NOT_ALLOWED', { headers: { allow: allowed.join(', ') }, extensions: { allowed } });
    throw problem('NOT_FOUND');
  };
}
