import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { headerOf, type Answer } from './answer-reader.ts';
import { countRows } from './books.ts';
import { ANSWER_MAX_MS, problemOf } from './check-answer.ts';
import { MARK } from './hostile-values.ts';
import { exchange, type Exchange } from './wire.ts';
import { buildWorld, freshKey, type World } from './world.ts';

let world: World;

before(async () => {
  world = await buildWorld();
});

after(() => world.close());

async function ask(sent: Exchange): Promise<Answer[]> {
  const { answers, end } = await exchange(world.server.port, sent, ANSWER_MAX_MS);
  assert.equal(end, 'answered');
  return answers;
}

async function askOne(text: string, endless?: Buffer): Promise<{ status: number; code: string | undefined; field: string | undefined }> {
  const [method = 'GET'] = text.split(' ');
  const [answer] = await ask({ pieces: [Buffer.from(text, 'latin1')], methods: [method], ...(endless && { endless }) });
  const problem = answer && problemOf(answer);
  return { status: answer?.status ?? 0, code: problem?.code, field: problem?.errors?.[0]?.field };
}

function place({ key = freshKey(), quantity = 1 } = {}): string {
  const body = JSON.stringify({ event_id: world.event.eventId, lines: [{ ticket_type_id: world.event.free, quantity }] });
  const headers = `Host: x\r\nAuthorization: Bearer ${world.buyer}\r\nIdempotency-Key: ${key}\r\nContent-Type: application/json`;
  return `POST /api/v1/bookings HTTP/1.1\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

describe('what Node would end without a word is answered with a problem', () => {
  test('no Host', async () => {
    const answer = await askOne('GET /health/live HTTP/1.1\r\n\r\n');
    assert.deepEqual(answer, { status: 400, code: 'REQUEST_INVALID', field: '/header/host' });
    assert.equal((await askOne('GET /health/live HTTP/1.0\r\n\r\n')).status, 200);
  });

  test('an Expect that nobody knows', async () => {
    assert.equal((await askOne('GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\n\r\n')).status, 200);
  });

  test('CONNECT, also by a client that leaves at once', async () => {
    const text = 'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n';
    assert.equal((await askOne(text)).code, 'METHOD_NOT_ALLOWED');
    for (let round = 0; round < 20; round += 1) await leaveAtOnce(text);
    assert.equal((await askOne('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')).status, 200);
  });

  test('a body without end, by length or in chunks', async () => {
    const head = 'POST /api/v1/buyer-sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const byLength = await askOne(`${head}Content-Length: 9000000000\r\n\r\n`, Buffer.alloc(1_024, 'a'));
    assert.equal(byLength.code, 'BODY_TOO_LARGE');
    const chunk = Buffer.from(`400\r\n${'a'.repeat(1_024)}\r\n`);
    assert.equal((await askOne(`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk)).code, 'BODY_TOO_LARGE');
  });
});

describe('pipelining', () => {
  test('what comes before nonsense gets its own answer, first', async () => {
    const pieces = [`${place()}${place()}nonsense\r\n\r\n`];
    const answers = await ask({ pieces, methods: ['POST', 'POST', 'GET'] });
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 400],
    );
  });

  test('the connection of who sends thousands without waiting is closed, and the server lives', async () => {
    const flood = 'GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(5_000);
    const floods = Array.from({ length: 20 }, () =>
      exchange(world.server.port, { pieces: [flood], methods: Array(5_000).fill('GET') }, 20_000),
    );
    for (const { end } of await Promise.all(floods)) assert.equal(end, 'closed');
    assert.equal((await askOne(place())).status, 201);
  });
});

test('of requests that break off half-way nothing is written', async () => {
  const before = await countRows(world.databaseUrl);
  const whole = place();
  for (let length = 20; length < whole.length; length += 7) await leaveAtOnce(whole.slice(0, length));
  assert.equal((await askOne('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n')).status, 200);
  assert.deepEqual(await countRows(world.databaseUrl), before);
});

describe('URLs and values', () => {
  test('numbers without end in a query', async () => {
    for (const limit of ['Infinity', '-Infinity', '1e999', '9'.repeat(400), 'NaN']) {
      const answer = await askOne(`GET /api/v1/events?limit=${limit} HTTP/1.1\r\nHost: x\r\n\r\n`);
      assert.deepEqual(answer, { status: 400, code: 'REQUEST_INVALID', field: '/query/limit' }, limit);
    }
  });

  test('a file that is not there is 404 by the method that would read it', async () => {
    assert.equal((await askOne('GET /docs/static/%2e%2e%2fpackage.json HTTP/1.1\r\nHost: x\r\n\r\n')).code, 'NOT_FOUND');
    assert.equal((await askOne('DELETE /docs/static/nothing HTTP/1.1\r\nHost: x\r\n\r\n')).code, 'METHOD_NOT_ALLOWED');
  });

  test('minus zero is zero', async () => {
    const body = '{"name":"Nought","price_minor":-0,"capacity":-0,"position":-0}';
    const headers = `Host: x\r\nAuthorization: Bearer ${world.secret}\r\nIdempotency-Key: ${freshKey()}\r\nContent-Type: application/json`;
    const path = `/api/v1/organizations/${world.organizationId}/events/${world.other.eventId}/ticket-types`;
    assert.equal((await askOne(`POST ${path} HTTP/1.1\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n${body}`)).status, 201);
  });

  test('markup in words is shown as text, on every page', async () => {
    const attack = `"'><script>${MARK}</script>`;
    const event = {
      title: attack,
      summary: attack,
      description: attack,
      venue: { name: attack, city: attack },
      starts_at: '2099-05-01T18:00:00Z',
      ends_at: '2099-05-01T18:00:00Z',
      time_zone: 'UTC',
      picture: `https://x.example/${attack}`,
      currency: 'EUR',
      sale: { state: 'on_sale' },
    };
    const events = `/api/v1/organizations/${world.organizationId}/events`;
    const made = await world.send('POST', events, { body: event, token: world.secret });
    const id = String(made.body['id']);
    const type = { name: attack, description: attack, price_minor: 1, capacity: 1 };
    await world.send('POST', `${events}/${id}/ticket-types`, { body: type, token: world.secret, key: freshKey() });
    for (const path of ['/', `/events/${id}`, `/events/${id}/audit`, `/events/${id}?access_code=${encodeURIComponent(attack)}`]) {
      const [answer] = await ask({ pieces: [`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`], methods: ['GET'] });
      assert.equal(answer?.status, 200, path);
      assert.match(answer.body, new RegExp(MARK), path);
      assert.doesNotMatch(answer.body, new RegExp(`["']><script>${MARK}`), path);
      assert.match(headerOf(answer, 'content-security-policy') ?? '', /script-src 'self'/);
    }
  });
});

/** Sends and cuts the connection with a reset, before any answer is read. */
function leaveAtOnce(text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = connect(world.server.port, '127.0.0.1', () => {
    socket.write(text, () => socket.resetAndDestroy());
  });
  socket.on('error', () => {});
  socket.on('close', () => resolve());
  return promise;
}
