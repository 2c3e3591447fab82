import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Histogram, Telemetry } from '../telemetry/index.ts';
import { pathOf } from './path-of.ts';
import type { HttpServer } from './http-server.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SLOW_MS = 1_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** performance.now() when the request's headers had arrived. */
    startedAtMs: number;
  }
}

/**
 * Times every request, per route and class of status, and logs it: at info where it was slow, else at debug,
 * since a line for each of 15,000 requests a second costs more than it tells. Errors are logged by the error mapper.
 * The time ends when the answer is handed to the socket.
 */
export function observeRequests(http: HttpServer, telemetry: Telemetry): void {
  const family = telemetry.exposition.histograms('tessera_http_request_seconds', 'Time to answer a request.', SECONDS);
  http.decorateRequest('startedAtMs', 0);
  http.addHook('onRequest', (request, reply, done) => {
    request.startedAtMs = performance.now();
    reply.header('x-request-id', request.id);
    done();
  });
  http.addHook('onRoute', (route) => observeRoute(route));

  function observeRoute(route: RouteOptions): void {
    const method = [route.method].flat().join(',');
    const byClass = new Map<number, Histogram>();
    const observe: NonNullable<typeof route.onSend> = (request, reply, payload, done) => {
      const ms = performance.now() - request.startedAtMs;
      const statusClass = Math.trunc(reply.statusCode / 100);
      const histogram = byClass.get(statusClass) ?? family.with({ method, route: route.url, status: `${statusClass}xx` });
      byClass.set(statusClass, histogram);
      histogram.observe(ms / 1000);
      logRequest(request, reply.statusCode, ms);
      done(null, payload);
    };
    route.onSend = [route.onSend ?? [], observe].flat();
  }

  function logRequest(request: FastifyRequest, status: number, ms: number): void {
    const level = ms > SLOW_MS ? 'info' : 'debug';
    if (!telemetry.log.isLevelEnabled(level)) return;
    telemetry.log[level]({ request_id: request.id, method: request.method, path: pathOf(request.raw.url), status, ms }, 'request');
  }
}
