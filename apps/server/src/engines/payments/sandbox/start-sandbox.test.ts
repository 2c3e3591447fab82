import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../../../../test/support/temporary-folder.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { StartProblem } from '../../../platform/start-problem.ts';
import { openListener } from '../test/listener.ts';
import { access, openStage, order } from '../test/stage.ts';
import { buildSandboxClient } from '../sandbox-client.ts';
import { keptPort } from './listen.ts';
import { startSandbox, type SandboxOptions } from './start-sandbox.ts';

function optionsIn(folder: string, fields: Partial<SandboxOptions> = {}): SandboxOptions {
  return {
    ...{ mode: 'test', port: null, journalFolder: folder, ...access, webhookUrls: [], clock: systemClock, random: Math.random },
    ...{ log: () => {}, durable: false, ...fields },
  };
}

test('live mode is refused with words what to do, and leaves nothing behind', async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const journalFolder = join(folder.path, 'sandbox');
  await assert.rejects(startSandbox(optionsIn(journalFolder, { mode: 'live' })), (error: unknown) => {
    return error instanceof StartProblem && /TESSERA_MODE=live.*Set TESSERA_MODE=test/.test(error.message);
  });
  assert.equal(existsSync(journalFolder), false);
});

test('one sandbox runs from a folder; the next has its port, and another where that is taken', async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const first = await startSandbox(optionsIn(folder.path));
  await assert.rejects(startSandbox(optionsIn(folder.path)), StartProblem);
  assert.equal(keptPort(folder.path), first.port);
  await first.close();
  const second = await startSandbox(optionsIn(folder.path));
  assert.equal(second.port, first.port);
  await second.close();
  const other = temporaryFolder();
  t.after(other.remove);
  const thief = await startSandbox(optionsIn(other.path, { port: first.port }));
  await assert.rejects(startSandbox(optionsIn(folder.path, { port: first.port })), /Set SANDBOX_PORT/);
  const third = await startSandbox(optionsIn(folder.path));
  assert.notEqual(third.port, first.port);
  await third.close();
  await thief.close();
});

test('closed and opened again it goes on with everything: keys, steps, and what was not told', async (t) => {
  const folder = temporaryFolder();
  t.after(folder.remove);
  const options = { timePercent: 2, retry: { firstMs: 5, mostMs: 20 } };
  const first = await startSandbox(optionsIn(folder.path, { ...options, webhookUrls: null }));
  let client = buildSandboxClient({ url: first.url, ...access });
  const orders = [order(), order()];
  const intents = await Promise.all(orders.map((one) => client.createIntent(one)));
  for (const [index, card] of ['success', 'late'].entries()) {
    const intent = intents[index];
    const body = JSON.stringify({ client_secret: intent?.clientSecret, card });
    await (await fetch(`${first.url}/v1/intents/${intent?.ref}/pay`, { method: 'POST', body })).text();
  }
  client.close();
  await first.close();
  const listener = await openListener();
  const second = await startSandbox(optionsIn(folder.path, { ...options, webhookUrls: [listener.url] }));
  client = buildSandboxClient({ url: second.url, ...access });
  const posted = await listener.until((all) => all.length === 2);
  assert.deepEqual(posted.map((one) => one.intentRef).sort(), intents.map((one) => one.ref).sort());
  for (const [index, one] of orders.entries()) {
    const again = await client.createIntent(one);
    assert.deepEqual([again.ref, again.clientSecret, again.state], [intents[index]?.ref, intents[index]?.clientSecret, 'succeeded']);
  }
  client.close();
  await second.close();
  await listener.close();
});

test('notifications are signed with every secret and of this account alone', async (t) => {
  const stage = await openStage(t, { secrets: ['the old secret of them', 'the new secret of them'] });
  await stage.tried('success');
  const [posted] = await stage.listener.until((all) => all.length === 1);
  assert.ok(posted !== undefined);
  const { body, signature, createdMs } = posted;
  const reader = (fields: object) =>
    buildSandboxClient({ url: stage.sandbox.url, ...access, ...fields }).parseNotification(body, signature, createdMs);
  for (const secret of ['the old secret of them', 'the new secret of them'])
    assert.equal(reader({ secrets: [secret] }).kind, 'notification');
  assert.deepEqual(reader({ secrets: ['another secret of nobody'] }), { kind: 'refused', reason: 'forged' });
  assert.deepEqual(reader({ secrets: ['the new secret of them'], account: 'acct_other' }), { kind: 'refused', reason: 'other_account' });
});
