import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../../../../test/support/free-port.ts';
import { onProcessEnd } from '../../../../../../test/support/on-process-end.ts';
import { temporaryFolder } from '../../../../../../test/support/temporary-folder.ts';
import { buildSandboxClient, ProviderUnavailable, type Intent, type PaymentProvider, type Refund } from '../index.ts';
import { openListener, type Listener } from '../test/listener.ts';
import { access, order } from '../test/stage.ts';

const KILLS = 20;
const PROGRAM = join(import.meta.dirname, '..', 'test', 'run-sandbox.ts');

type Ground = { folder: string; port: number; listener: Listener };

/** Starts the program and waits until it listens. */
async function start(t: TestContext, { folder, port, listener }: Ground): Promise<ChildProcess> {
  const args = [PROGRAM, folder, String(port), listener.url, access.apiKey, access.account, access.secrets[0] ?? ''];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const forget = onProcessEnd(() => child.kill('SIGKILL'));
  child.once('exit', forget);
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  assert.equal(Number(line.toString()), port);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** What the sandbox has answered: it must know all of it for ever. */
type Answered = { created: Intent[]; paid: Map<string, string>; cancelled: Set<string>; refunds: Refund[] };

/** Buyers who come until the sandbox is gone. */
async function buyUntilKilled(url: string, provider: PaymentProvider, answered: Answered): Promise<void> {
  for (;;) {
    try {
      const intent = await provider.createIntent(order());
      answered.created.push(intent);
      if (answered.created.length % 7 === 0) {
        await provider.cancelIntent(intent.ref);
        answered.cancelled.add(intent.ref);
        continue;
      }
      const card = answered.created.length % 5 === 0 ? 'processing' : 'success';
      answered.paid.set(intent.ref, await pay(url, intent, card));
      if (card === 'success') {
        answered.refunds.push(await provider.refund({ key: `refund ${intent.ref}`, ref: intent.ref, amountMinor: 100, reason: 'x' }));
      }
    } catch (error) {
      if (error instanceof ProviderUnavailable || error instanceof TypeError) return;
      throw error;
    }
  }
}

/** `fetch` throws TypeError where the connection breaks, in the body too. */
async function pay(url: string, intent: Intent, card: string): Promise<string> {
  const body = JSON.stringify({ client_secret: intent.clientSecret, card });
  const response = await fetch(`${url}/v1/intents/${intent.ref}/pay`, { method: 'POST', body });
  return ((await response.json()) as { state: string }).state;
}

async function checkKnown(provider: PaymentProvider, answered: Answered): Promise<void> {
  for (const intent of answered.created) {
    const now = await provider.readIntent(intent.ref);
    assert.ok(now !== null, `the intent ${intent.ref} was answered and is gone`);
    assert.equal(now.clientSecret, intent.clientSecret);
    if (answered.paid.get(intent.ref) === 'succeeded') assert.equal(now.state, 'succeeded');
    if (answered.paid.get(intent.ref) === 'processing') assert.match(now.state, /^(processing|succeeded)$/);
    if (answered.cancelled.has(intent.ref)) assert.equal(now.state, 'cancelled');
  }
  for (const refund of answered.refunds) assert.deepEqual(await provider.readRefund(refund.ref), refund);
}

/** Everything that was answered is told, each in its order, though some of it was posted to nobody. */
async function checkTold(listener: Listener, answered: Answered): Promise<void> {
  const wanted = [
    ...[...answered.paid.keys()].map((ref) => `intent.succeeded ${ref}`),
    ...answered.refunds.map((refund) => `refund.succeeded ${refund.intentRef}`),
    ...[...answered.cancelled].map((ref) => `intent.cancelled ${ref}`),
  ];
  const posted = await listener.until((all) => {
    const told = new Set(all.map((one) => `${one.type} ${one.intentRef}`));
    return wanted.every((one) => told.has(one));
  });
  const firsts = posted.map((one) => `${one.type} ${one.intentRef}`);
  for (const { intentRef } of answered.refunds) {
    assert.ok(firsts.indexOf(`intent.succeeded ${intentRef}`) < firsts.indexOf(`refund.succeeded ${intentRef}`));
  }
}

async function prepare(t: TestContext): Promise<Ground> {
  const folder = temporaryFolder();
  let count = 0;
  // Every third post is not taken, so that some wait for their next try whenever the kill comes.
  const listener = await openListener((_posted, response) => {
    count += 1;
    response.writeHead(count % 3 === 0 ? 503 : 200).end();
  });
  t.after(async () => {
    await listener.close();
    folder.remove();
  });
  return { folder: folder.path, port: await freePort(), listener };
}

test(`killed at ${KILLS} random moments, the sandbox knows all it has answered, and tells all of it`, { timeout: 120_000 }, async (t) => {
  const ground = await prepare(t);
  const url = `http://127.0.0.1:${ground.port}`;
  const answered: Answered = { created: [], paid: new Map(), cancelled: new Set(), refunds: [] };
  for (let round = 0; round < KILLS; round += 1) {
    const child = await start(t, ground);
    const provider = buildSandboxClient({ url, ...access });
    const before = answered.created.length;
    const buyers = Array.from({ length: 4 }, () => buyUntilKilled(url, provider, answered));
    const enough = before + Math.floor(Math.random() * 30);
    while (answered.created.length < enough) await sleep(1);
    await sleep(Math.random() * 4);
    await kill(child);
    await Promise.all(buyers);
    provider.close();
    t.diagnostic(`killed after ${answered.created.length - before} intents`);
  }
  const child = await start(t, ground);
  const provider = buildSandboxClient({ url, ...access });
  await checkKnown(provider, answered);
  await checkTold(ground.listener, answered);
  const page = await provider.listMovements({ after: null, limit: 1_000 });
  const refs = page.movements.map((one) => one.ref);
  assert.equal(new Set(refs).size, refs.length, 'no money moved twice');
  assert.ok(answered.paid.size > KILLS && answered.refunds.length > KILLS && answered.cancelled.size > 0, 'something was tried');
  provider.close();
  await kill(child);
});
