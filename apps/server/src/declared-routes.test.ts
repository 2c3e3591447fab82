import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteRoutes } from './declared-routes.ts';
import { buildServer, type HttpServer } from './platform/http/index.ts';
import { buildLog, buildTelemetry } from './platform/telemetry/index.ts';

const handler = async () => ({});

function declaredOf(register: (http: HttpServer) => void) {
  const http = buildServer({ telemetry: buildTelemetry(buildLog('silent')) });
  const declared = noteRoutes(http);
  register(http);
  return declared();
}

test('a route tells its audience, or what its members must be allowed', () => {
  const declared = declaredOf((http) => {
    http.get('/things/:id', { config: { audience: 'buyer' } }, handler);
    http.post('/things', { config: { permission: 'events.change' } }, handler);
  });
  assert.deepEqual(declared, [
    { method: 'GET', path: '/things/{id}', audience: 'buyer', permission: null },
    { method: 'HEAD', path: '/things/{id}', audience: 'buyer', permission: null },
    { method: 'POST', path: '/things', audience: 'member', permission: 'events.change' },
  ]);
});

test('a server with a route that is for nobody, or for two, does not start', () => {
  assert.throws(() => declaredOf((http) => http.get('/things', handler)), /\/things does not say whom it is for/);
  const both = { audience: 'public', permission: 'events.read' } as const;
  assert.throws(() => declaredOf((http) => http.get('/things', { config: both }, handler)), /not for both/);
});
