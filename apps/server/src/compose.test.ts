import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Booking, BuyerSession } from '@tessera/contract';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { compose, type App } from './compose.ts';
import { loadConfig } from './config.ts';

let database: TestDatabase;
before(async () => {
  database = await createDatabase();
});
after(() => database.close());

function composeWith(overrides: Record<string, string>, url = database.url): Promise<App> {
  const config = loadConfig({ LOG_LEVEL: 'silent', PORT: '0', ...overrides });
  const secrets = { serverKey: Buffer.alloc(32, 1), internalSecret: 'an-internal-secret' };
  return compose({ config, database: { url, directUrl: url }, secrets });
}

async function statusOf(app: App, url: string): Promise<number> {
  return (await app.server.inject(url)).statusCode;
}

describe('roles', () => {
  test('api: serves everything, with the document and its page from this server alone', async () => {
    const app = await composeWith({ TESSERA_ROLES: 'api' });
    try {
      for (const url of ['/', '/api/v1/events', '/openapi.json', '/docs/', '/docs/json', '/health/live', '/health/ready', '/metrics']) {
        assert.equal(await statusOf(app, url), 200, url);
      }
      assert.doesNotMatch((await app.server.inject('/docs/')).body, /(?:src|href)="https?:/);
      assert.doesNotMatch((await app.server.inject('/openapi.json')).body, /"\/internal/);
      assert.equal((await app.server.inject({ method: 'POST', url: '/internal/bookings/x/confirm' })).statusCode, 401);
    } finally {
      await app.close();
    }
  });

  test('worker: health and metrics alone', async () => {
    const app = await composeWith({ TESSERA_ROLES: 'worker' });
    try {
      assert.deepEqual([await statusOf(app, '/health/ready'), await statusOf(app, '/metrics')], [200, 200]);
      assert.deepEqual([await statusOf(app, '/api/v1/events'), await statusOf(app, '/docs/')], [404, 404]);
    } finally {
      await app.close();
    }
  });
});

test('metrics tell of the process, of requests, of the lanes and of the pool', async () => {
  const app = await composeWith({});
  try {
    await statusOf(app, '/health/live');
    const { body } = await app.server.inject('/metrics');
    assert.match(body, /^nodejs_eventloop_lag_p99_seconds /m);
    assert.match(body, /^tessera_http_request_seconds_count\{method="GET",route="\/health\/live",status="2xx"\} 1$/m);
    assert.match(body, /^tessera_lane_lock_hold_seconds_bucket\{le="0\.01"\} 0$/m);
    assert.match(body, /^tessera_pool_connections\{pool="database",state="waiting"\} 0$/m);
  } finally {
    await app.close();
  }
});

test('listens, seeds the demo once, sells a free ticket, lists it for its buyer, and closes within its time', async () => {
  const app = await composeWith({ TESSERA_SHUTDOWN_MS: '2000' });
  try {
    const { port } = await app.listen();
    await app.seedDemo();
    await app.seedDemo();
    const api = `http://127.0.0.1:${port}/api/v1`;
    const { data: events } = (await (await fetch(`${api}/events`)).json()) as { data: { id: string }[] };
    assert.equal(events.length, 3);
    const { token, booked } = await bookFree(api, events);
    assert.deepEqual([booked.state, booked.total_minor], ['confirmed', 0]);
    assert.deepEqual(await untilListed(api, token), [booked.id]);
  } finally {
    await Promise.all([app.close(), app.close()]);
  }
});

type Demo = { id: string; ticket_types: { id: string; price_minor: number; needs_access_code: boolean }[] };

/** Books one free ticket of the first event that has any, as a buyer would. */
async function bookFree(api: string, events: readonly { id: string }[]): Promise<{ token: string; booked: Booking }> {
  const details = await Promise.all(events.map(async ({ id }) => (await (await fetch(`${api}/events/${id}`)).json()) as Demo));
  const offers = details.flatMap((event) => event.ticket_types.map((type) => ({ event_id: event.id, ...type })));
  const offer = offers.find((one) => one.price_minor === 0 && !one.needs_access_code);
  assert.ok(offer, 'the demo has a free ticket type');
  const { token } = (await (await fetch(`${api}/buyer-sessions`, { method: 'POST' })).json()) as BuyerSession;
  const answer = await fetch(`${api}/bookings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'first', 'content-type': 'application/json' },
    body: JSON.stringify({ event_id: offer.event_id, lines: [{ ticket_type_id: offer.id, quantity: 1 }], confirm: true }),
  });
  assert.equal(answer.status, 201);
  return { token, booked: (await answer.json()) as Booking };
}

/** The bookings of a buyer, as soon as the worker has made any from facts. */
async function untilListed(api: string, token: string): Promise<string[]> {
  for (;;) {
    const answer = await fetch(`${api}/buyer-sessions/me/bookings`, { headers: { authorization: `Bearer ${token}` } });
    const { data } = (await answer.json()) as { data: Booking[] };
    if (data.length > 0) return data.map(({ id }) => id);
    await pause(20);
  }
}

test('without a database the server lives, is not ready and says so as a problem that may be tried again', async () => {
  const app = await composeWith({}, 'postgres://nobody@127.0.0.1:1/none');
  try {
    assert.equal(await statusOf(app, '/health/live'), 200);
    const ready = await app.server.inject('/health/ready');
    assert.deepEqual([ready.statusCode, ready.json().code], [503, 'UNAVAILABLE']);
    const events = await app.server.inject('/api/v1/events');
    assert.deepEqual([events.statusCode, events.json().code], [503, 'UNAVAILABLE']);
  } finally {
    await app.close();
  }
});
