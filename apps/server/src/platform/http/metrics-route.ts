import type { Telemetry } from '../telemetry/index.ts';
import type { HttpServer } from './http-server.ts';

/** Everything the process counts, in Prometheus' text format. */
export function metricsRoute(http: HttpServer, telemetry: Pick<Telemetry, 'metricsText'>): void {
  http.get('/metrics', { schema: { hide: true }, config: { audience: 'public' } }, async (_request, reply) => {
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').header('cache-control', 'no-store');
    return telemetry.metricsText();
  });
}
