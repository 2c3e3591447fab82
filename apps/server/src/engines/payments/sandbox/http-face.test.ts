import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Intent } from '../provider.ts';
import { access, openStage, type Stage } from '../test/stage.ts';

let stage: Stage;
let intent: Intent;
const cleanups: (() => unknown)[] = [];
before(async () => {
  stage = await openStage({ after: (undo) => cleanups.push(undo as () => unknown) });
  intent = await stage.provider.createIntent(stage.order({ returnUrl: 'https://tickets.example.org/?a="><script>' }));
});
after(async () => {
  for (const undo of cleanups) await undo();
});

const authorization = `Bearer ${access.apiKey}`;
type Call = { method?: string; body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> };

async function call(path: string, { method = 'POST', body, headers = { authorization } }: Call = {}) {
  const response = await fetch(`${stage.sandbox.url}${path}`, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const goodOrder = { amount_minor: 100, currency: 'EUR', event_id: 'e', booking_id: 'b', description: 'd' };

function createWith(fields: object, key = 'key'): ReturnType<typeof call> {
  return call('/v1/intents', { headers: { authorization, 'idempotency-key': key }, body: JSON.stringify({ ...goodOrder, ...fields }) });
}

test('every JSON says that no money moves, refusals too', async () => {
  const answers = [
    await call('/health', { method: 'GET' }),
    await createWith({}, 'k1'),
    await createWith({ amount_minor: 101 }, 'k1'),
    await call('/v1/movements', { method: 'GET' }),
    await call('/nothing', { method: 'GET' }),
    await call('/v1/intents/x', { method: 'GET', headers: {} }),
    await call(`/v1/intents/${intent.ref}/pay`, { body: '{}' }),
    await call('/v1/intents', { body: 'x'.repeat(70_000) }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 409, 200, 404, 401, 400, 413],
  );
  for (const { text } of answers) {
    const { sandbox, notice } = JSON.parse(text) as { sandbox: unknown; notice: unknown };
    assert.deepEqual([sandbox, notice], [true, 'No money moves.']);
  }
});

test('the seller’s calls need the whole key', async () => {
  const wrong = [
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${access.apiKey}x`,
    `Bearer ${access.apiKey.slice(1)}`,
    access.apiKey,
    `bearer ${access.apiKey}`,
  ];
  for (const headers of [{}, ...wrong.map((text) => ({ authorization: text }))]) {
    for (const [method, path] of [
      ['POST', '/v1/intents'],
      ['GET', `/v1/intents/${intent.ref}`],
      ['POST', `/v1/intents/${intent.ref}/cancel`],
      ['POST', '/v1/refunds'],
      ['GET', '/v1/movements'],
      ['POST', '/v1/faults'],
    ] as const) {
      assert.equal((await call(path, { method, headers: headers as Record<string, string> })).status, 401, `${method} ${path}`);
    }
  }
});

test('the payer needs the intent’s own secret: unknown intents 404, wrong secrets 403', async () => {
  const other = await stage.provider.createIntent(stage.order());
  for (const secret of ['', 'x', `${intent.clientSecret}x`, other.clientSecret]) {
    const answer = await stage.payer({ ...intent, clientSecret: secret }, 'pay', { card: 'success' });
    assert.equal(answer.status, 403, secret);
    assert.equal((await call(`/pay/${intent.ref}?secret=${secret}`, { method: 'GET', headers: {} })).status, 403);
  }
  assert.equal((await stage.payer({ ...intent, ref: 'sbi_0' }, 'pay', { card: 'success' })).status, 404);
  assert.equal((await stage.provider.readIntent(intent.ref))?.state, 'open');
});

test('a browser on another page may pay, and do nothing else', async () => {
  const preflight = await call(`/v1/intents/${intent.ref}/pay`, { method: 'OPTIONS', headers: { origin: 'https://a.example' } });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type');
  const refused = await call(`/v1/intents/${intent.ref}/pay`, { body: '{}', headers: {} });
  assert.equal(refused.headers.get('access-control-allow-origin'), '*', 'it reads why');
  assert.equal((await call('/v1/intents', { method: 'OPTIONS', headers: {} })).status, 401);
  assert.equal((await call(`/v1/intents/${intent.ref}`, { method: 'GET' })).headers.get('access-control-allow-origin'), null);
});

test('paying twice answers the same; paying what is cancelled is refused', async () => {
  const [paid, cancelled] = [await stage.provider.createIntent(stage.order()), await stage.provider.createIntent(stage.order())];
  const first = await stage.payer(paid, 'pay', { card: 'success' });
  for (const card of ['success', 'declined', 'asks']) assert.deepEqual(await stage.payer(paid, 'pay', { card }), first);
  const { movements } = await stage.provider.listMovements({ after: null, limit: 1_000 });
  assert.equal(movements.filter((one) => one.intentRef === paid.ref).length, 1);
  await stage.provider.cancelIntent(cancelled.ref);
  const refused = await stage.payer(cancelled, 'pay', { card: 'success' });
  assert.equal(refused.status, 409);
  assert.equal((refused.json['error'] as { code: string }).code, 'intent_cancelled');
});

test('fifty payments of one intent at once are one', async () => {
  const paid = await stage.provider.createIntent(stage.order());
  const answers = await Promise.all(Array.from({ length: 50 }, () => stage.payer(paid, 'pay', { card: 'success' })));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  const { movements } = await stage.provider.listMovements({ after: null, limit: 1_000 });
  assert.equal(movements.filter((one) => one.intentRef === paid.ref).length, 1);
});

test('a real card’s number is refused and written down nowhere', async () => {
  const fresh = await stage.provider.createIntent(stage.order());
  const answer = await stage.payer(fresh, 'pay', { card: '4929 1234 1234 1234', holder_name: 'Zoë' });
  assert.deepEqual([answer.status, (answer.json['error'] as { code: string }).code], [422, 'unknown_card']);
  const journal = readFileSync(join(stage.folder, 'journal.jsonl'), 'utf8');
  assert.ok(journal.includes(fresh.ref));
  for (const text of [JSON.stringify(answer.json), journal]) assert.equal(/4929 ?1234/.test(text), false);
});

test('names of every script are kept and shown escaped; what is no text is refused', async () => {
  const names = [
    'Zoë Müller',
    '山田 太郎',
    'محمد بن علي',
    'Никита',
    'กมลชนก',
    '👩‍👩‍👧 Smith',
    `O'Brien & <b>"Söhne"</b>`,
    '\u202eevil',
    '𝒵'.repeat(200),
    '',
  ];
  for (const holder_name of names) {
    const fresh = await stage.provider.createIntent(stage.order());
    assert.equal((await stage.payer(fresh, 'pay', { card: 'success', holder_name })).status, 200);
    const { text } = await call(new URL(fresh.payUrl).pathname + new URL(fresh.payUrl).search, { method: 'GET', headers: {} });
    const escaped = holder_name
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
    assert.ok(text.includes(escaped), holder_name);
    assert.equal(text.includes('<b>"'), false);
  }
  for (const bad of [
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"\\udc00x"',
    `"${'x'.repeat(201)}"`,
    `"${'𝒵'.repeat(201)}"`,
    '1',
    '{}',
    '["x"]',
    'true',
  ]) {
    const body = `{"client_secret":"${intent.clientSecret}","card":"success","holder_name":${bad}}`;
    assert.equal((await call(`/v1/intents/${intent.ref}/pay`, { body, headers: {} })).status, 400, bad);
  }
});

test('the page works without JavaScript: pays, asks, declines, and links back', async () => {
  const fresh = await stage.provider.createIntent(
    stage.order({ description: '<i>Two</i> tickets', returnUrl: 'https://tickets.example.org/?a="><script>' }),
  );
  const form = (path: string, fields: Record<string, string>) =>
    call(`/pay/${fresh.ref}${path}`, {
      headers: {},
      body: new URLSearchParams({ client_secret: fresh.clientSecret, ...fields }).toString(),
    });
  const page = await call(new URL(fresh.payUrl).pathname + new URL(fresh.payUrl).search, { method: 'GET', headers: {} });
  assert.equal(page.status, 200);
  assert.match(page.text, /No money moves/);
  assert.match(page.text, /&lt;i&gt;Two&lt;\/i&gt; tickets/);
  assert.match(page.text, /€50\.00/);
  assert.match(page.text, /href="https:\/\/tickets\.example\.org\/\?a=&quot;&gt;&lt;script&gt;"/);
  assert.equal(/<script|javascript:|onclick/i.test(page.text), false);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
  assert.match((await form('', { card: '4000 0000 0000 1000' })).text, /role="alert".*declined/);
  assert.match((await form('', { card: '1234' })).text, /none but its own test cards/);
  const bank = await form('', { card: '4000 0000 0000 1034', holder_name: 'Zoë <3' });
  assert.match(bank.text, /Your bank asks/);
  assert.match((await form('/action', { outcome: 'approve' })).text, /<b>Paid<\/b> by <b>Zoë &lt;3<\/b>: €50\.00/);
  const again = await call(`/pay/${fresh.ref}/action?secret=${fresh.clientSecret}`, { method: 'GET', headers: {} });
  assert.match(again.text, /<b>Paid<\/b>/);
});

test('orders that are none are refused, and nothing comes of them', async () => {
  const bad: object[] = [
    ...[0, -1, 1.5, '100', null, 1e13, Number.MAX_SAFE_INTEGER + 2, [], true].map((amount_minor) => ({ amount_minor })),
    ...['', 'eur', 'EURO', 'E€R', 1, null].map((currency) => ({ currency })),
    ...['x'.repeat(201), '\0', '\ud800', 1, null].flatMap((text) => [{ event_id: text }, { booking_id: text }]),
    ...['x'.repeat(501), null].map((description) => ({ description })),
    ...['javascript:alert(1)', 'data:text/html,x', '/relative', 'x', 1, `https://a.example/${'x'.repeat(2_000)}`].map((return_url) => ({
      return_url,
    })),
  ];
  for (const fields of bad) assert.equal((await createWith(fields, 'a bad one')).status, 400, JSON.stringify(fields));
  for (const key of ['', 'x'.repeat(256), 'ü']) {
    assert.equal((await createWith({}, Buffer.from(key).toString('latin1'))).status, 400, key);
  }
  assert.equal((await createWith({}, 'a bad one')).status, 200, 'the key is still free');
});
