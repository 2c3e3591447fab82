import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../../test/support/free-port.ts';
import { onProcessEnd } from '../../../../test/support/on-process-end.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { ConfigError, loadConfig, type Config } from '../config.ts';
import { buildSandboxClient, keptPort, ProviderUnavailable } from '../engines/payments/index.ts';
import { isAlive } from '../platform/processes.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { openPayments } from './open-payments.ts';
import { findPayments, webhookUrl } from './sandbox-options.ts';

const secrets = { serverKey: Buffer.alloc(32, 3), internalSecret: null };
const order = { key: 'k', amountMinor: 100, currency: 'EUR', eventId: 'e', bookingId: 'b', description: 'd' };

function configOf(t: TestContext, settings: Record<string, string> = {}): Config {
  const folder = temporaryFolder();
  t.after(folder.remove);
  return loadConfig({ TESSERA_HOME: folder.path, ...settings });
}

function sandboxPid(config: Config): number {
  return (JSON.parse(readFileSync(join(config.home, 'sandbox', 'lock.json'), 'utf8')) as { pid: number }).pid;
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, 'it did not happen');
    await sleep(20);
  }
}

test('a server has a sandbox of its own; one that is killed comes back at the same place and knows what it knew', async (t) => {
  const config = configOf(t);
  const lines: string[] = [];
  const payments = await openPayments(config, secrets, (line) => lines.push(line));
  t.after(payments.stop);
  const provider = buildSandboxClient(payments.access);
  t.after(() => provider.close());
  const intent = await provider.createIntent(order);
  const port = keptPort(join(config.home, 'sandbox')) ?? 0;
  assert.ok(port >= 20_000 && port < 32_000);
  assert.deepEqual(findPayments(config, secrets.serverKey), payments.access);
  process.kill(sandboxPid(config), 'SIGKILL');
  await until(async () => {
    const found = await provider.readIntent(intent.ref).catch((error: unknown) => error);
    assert.ok(found === null || !(found instanceof Error) || found instanceof ProviderUnavailable);
    return !(found instanceof Error);
  });
  assert.deepEqual(await provider.createIntent(order), intent, 'its page too has the same address');
  assert.match(lines.join('\n'), /The payment sandbox ended \(SIGKILL\); another starts/);
  const pid = sandboxPid(config);
  await payments.stop();
  assert.equal(isAlive(pid), false);
});

test('it ends with the server, also with one that is killed', async (t) => {
  const config = configOf(t);
  const program = `
    const [{ loadConfig }, { openPayments }] = await Promise.all([import('./config.ts'), import('./serve/open-payments.ts')]);
    await openPayments(loadConfig(), { serverKey: Buffer.alloc(32, 3), internalSecret: null }, console.log);
    console.log('ready');`;
  const env = { PATH: process.env['PATH'], TESSERA_HOME: config.home };
  const server = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(import.meta.dirname, '..'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(onProcessEnd(() => server.kill('SIGKILL')));
  await once(server.stdout, 'data');
  const pid = sandboxPid(config);
  assert.ok(isAlive(pid));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(pid, signal);
  await sleep(50);
  assert.ok(isAlive(pid), 'signals that reach both at once are the server’s business');
  server.kill('SIGKILL');
  await until(() => !isAlive(pid));
  const payments = await openPayments(config, secrets, () => {});
  await payments.stop();
});

test('two servers of one home: the second is told who runs', { timeout: 60_000 }, async (t) => {
  const config = configOf(t);
  const payments = await openPayments(config, secrets, () => {});
  t.after(payments.stop);
  await assert.rejects(
    openPayments(config, secrets, () => {}),
    (error: unknown) => {
      return error instanceof StartProblem && /already runs from/.test(error.message);
    },
  );
});

test('with a port of its own it is there, and keeps it', async (t) => {
  const port = await freePort();
  const payments = await openPayments(configOf(t, { SANDBOX_PORT: String(port) }), secrets, () => {});
  t.after(payments.stop);
  assert.equal(payments.access.url, `http://127.0.0.1:${port}`);
});

test('a provider elsewhere is used as it is, with what the settings say', async (t) => {
  const config = configOf(t, {
    ...{ PAYMENTS_URL: 'http://pay.example.org', PAYMENTS_API_KEY: 'k'.repeat(16), PAYMENTS_ACCOUNT: 'acct_1' },
    PAYMENTS_WEBHOOK_SECRETS: `${'a'.repeat(16)}, ${'b'.repeat(16)}`,
  });
  const payments = await openPayments(config, secrets, () => {});
  assert.deepEqual(payments.access, {
    ...{ url: 'http://pay.example.org', apiKey: 'k'.repeat(16), account: 'acct_1' },
    secrets: ['a'.repeat(16), 'b'.repeat(16)],
  });
  await payments.stop();
});

test('live mode is refused: there is no live provider', async (t) => {
  const config = configOf(t, { TESSERA_MODE: 'live' });
  for (const url of [{}, { PAYMENTS_URL: 'http://pay.example.org' }]) {
    await assert.rejects(
      openPayments({ ...config, payments: { ...config.payments, ...url } }, secrets, () => {}),
      (error: unknown) => {
        return error instanceof StartProblem && /Set TESSERA_MODE=test/.test(error.message);
      },
    );
  }
});

test('webhooks go to the address of this machine at which the server listens', () => {
  assert.equal(webhookUrl('127.0.0.1', 8080), 'http://127.0.0.1:8080/webhooks/payments');
  assert.equal(webhookUrl('0.0.0.0', 8080), 'http://127.0.0.1:8080/webhooks/payments');
  assert.equal(webhookUrl('::1', 8080), 'http://[::1]:8080/webhooks/payments');
});

test('wrong settings of payments are told', () => {
  for (const wrong of [
    { TESSERA_MODE: 'prod' },
    { PAYMENTS_URL: 'https://pay.example.org' },
    { PAYMENTS_URL: 'http://pay.example.org/path' },
    { PAYMENTS_API_KEY: 'short' },
    { PAYMENTS_WEBHOOK_SECRETS: `${'a'.repeat(16)},short` },
    { PAYMENTS_ACCOUNT: 'a b' },
    { SANDBOX_PORT: '0' },
    { SANDBOX_WEBHOOK_URLS: 'https://a.example/x' },
    { SANDBOX_TIME_PERCENT: '101' },
  ]) {
    assert.throws(() => loadConfig(wrong), ConfigError, JSON.stringify(wrong));
  }
});
