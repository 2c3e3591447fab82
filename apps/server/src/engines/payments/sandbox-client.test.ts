import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { buildSandboxClient, ProviderRefused, ProviderUnavailable, type PaymentProvider } from './index.ts';
import { testProvider } from './test/provider-suite.ts';
import { access, openStage, order } from './test/stage.ts';

testProvider('the sandbox', async (t) => {
  const { provider, listener, order, payer } = await openStage(t);
  const cards = { success: 'success', declined: 'declined', charged_back: 'dispute_lost' };
  return {
    ...{ provider, listener, order },
    pay: async (intent, how) => {
      await payer(intent, 'pay', { card: cards[how] });
    },
  };
});

test('a sandbox that is down, fails or hangs is unavailable, within the deadline, and there again afterwards', async (t) => {
  const { sandbox } = await openStage(t);
  const provider = buildSandboxClient({ url: sandbox.url, ...access, deadlineMs: 200 });
  t.after(() => provider.close());
  const wanted = order();
  const first = await provider.createIntent(wanted);
  for (const kind of ['down', 'error_500', 'hang'] as const) {
    sandbox.setFault(kind, 60_000);
    const calls = [provider.createIntent(wanted), provider.readIntent(first.ref), provider.cancelIntent(first.ref)];
    for (const call of await Promise.allSettled(calls))
      assert.ok(call.status === 'rejected' && call.reason instanceof ProviderUnavailable, kind);
    sandbox.setFault('none', 0);
    assert.deepEqual(await provider.createIntent(wanted), first);
  }
});

test('a fault can be set over the wire, and ends by itself', async (t) => {
  const { sandbox, provider } = await openStage(t);
  const set = (body: object): Promise<Response> =>
    fetch(`${sandbox.url}/v1/faults`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access.apiKey}` },
      body: JSON.stringify(body),
    });
  assert.equal((await set({ kind: 'down', ms: 60_000 })).status, 200);
  await assert.rejects(provider.createIntent(order()), ProviderUnavailable);
  assert.equal((await set({ kind: 'error_500', ms: 20 })).status, 200);
  const end = performance.now() + 10_000;
  for (;;) {
    const answer = await provider.createIntent(order()).catch((error: unknown) => error);
    if (!(answer instanceof ProviderUnavailable)) break;
    assert.ok(performance.now() < end);
  }
  assert.equal((await set({ kind: 'flood', ms: 1 })).status, 400);
});

async function clientOf(t: TestContext, answer: RequestListener): Promise<PaymentProvider> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = buildSandboxClient({ url, ...access, deadlineMs: 500 });
  t.after(() => {
    provider.close();
    server.closeAllConnections();
    server.close();
  });
  return provider;
}

test('nobody listens: unavailable', async (t) => {
  const provider = buildSandboxClient({ url: 'http://127.0.0.1:1', ...access });
  t.after(() => provider.close());
  await assert.rejects(provider.readIntent('x'), ProviderUnavailable);
});

test('an answer that cannot be read is unavailable, never a verdict', async (t) => {
  const answers = ['', '{', 'null', '[]', '{"ref":1}', '<html>', `{"x":"${'y'.repeat(3_000_000)}"}`];
  for (const text of answers) {
    const provider = await clientOf(t, (_request, response) => response.end(text));
    await assert.rejects(provider.createIntent(order()), ProviderUnavailable, text.slice(0, 20));
    await assert.rejects(provider.readIntent('x'), ProviderUnavailable, text.slice(0, 20));
  }
});

test('an answer that is cut off, and one that never ends, are unavailable', async (t) => {
  const cut = await clientOf(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"ref":', () => response.destroy());
  });
  await assert.rejects(cut.createIntent(order()), ProviderUnavailable);
  const endless = await clientOf(t, (_request, response) => void response.write('{'));
  await assert.rejects(endless.createIntent(order()), ProviderUnavailable);
});

test('a status decides: 4xx with a code is a refusal; redirects, 401, 429, 5xx and what another program says are none', async (t) => {
  const answers: [number, string, string | null][] = [
    [400, '{"error":{"code":"malformed","message":"m"}}', 'malformed'],
    [409, '{"error":{"code":"disputed"}}', 'disputed'],
    [422, '{}', null],
    [404, '<html>not found</html>', null],
    [401, '{"error":{"code":"unauthorized"}}', null],
    [429, '{}', null],
    [302, '{}', null],
    [503, '{"error":{"code":"disputed"}}', null],
  ];
  for (const [status, text, code] of answers) {
    const provider = await clientOf(t, (_request, response) => response.writeHead(status, { location: '/' }).end(text));
    const error: unknown = await provider.createIntent(order()).catch((reason: unknown) => reason);
    if (code === null) assert.ok(error instanceof ProviderUnavailable, String(status));
    else assert.ok(error instanceof ProviderRefused && error.code === code, String(status));
  }
});

test('a connection that the provider closed while it was idle costs one answer of unavailable at most, none when it is asked again', async (t) => {
  let count = 0;
  const { provider: real } = await openStage(t);
  const intent = await real.createIntent(order());
  const provider = await clientOf(t, (request, response) => {
    count += 1;
    response.end('{}', () => request.socket.destroy());
  });
  for (let round = 0; round < 5; round += 1) await assert.rejects(provider.readIntent(intent.ref), ProviderUnavailable);
  assert.ok(count >= 1);
});
