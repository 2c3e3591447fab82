import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { systemClock } from '../../../platform/clock/index.ts';
import { openListener } from '../test/listener.ts';
import { openStage } from '../test/stage.ts';
import { buildDelivery, RETRY, type DeliveryOptions } from './deliver.ts';
import type { Send } from './records.ts';

function sendOf(id: string, ref: string, fields: Partial<Send> = {}): Send {
  const amounts = { amountMinor: 1, currency: 'EUR', receivedMinor: 1, refundedMinor: 0, disputedMinor: 0 };
  const intent = { ref, state: 'succeeded', ...amounts, declineCode: null, eventId: 'e', bookingId: 'b' } as const;
  const notification = { id, type: 'intent.succeeded', account: 'a', createdMs: systemClock.nowMs(), intent } as const;
  return { id, notification, notBeforeMs: 0, isInOrder: true, ...fields };
}

/** A delivery whose posts the test answers; posts are named by notification and URL. */
function watched(options: Partial<DeliveryOptions> = {}) {
  const posts: { name: string; answer: (hasArrived: boolean) => void }[] = [];
  const sent: string[] = [];
  let look = (): void => {};
  const delivery = buildDelivery({
    urls: ['http://one/'],
    post: (url, body) =>
      new Promise((resolve) => {
        posts.push({ name: `${(JSON.parse(body) as { id: string }).id} ${url.hostname}`, answer: resolve });
        look();
      }),
    clock: systemClock,
    random: () => 1,
    concurrencyMax: 100,
    retry: { firstMs: 1, mostMs: 2, forMs: 60_000 },
    onSent: (id) => {
      sent.push(id);
      look();
    },
    ...options,
  });
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (isSo()) resolve();
      };
      look();
    });
  return { delivery, posts, sent, until, names: () => posts.map((post) => post.name) };
}

test('of one intent, the next is posted when the one before has arrived; others do not wait', async () => {
  const { delivery, posts, sent, until, names } = watched();
  delivery.add(sendOf('a1', 'a'));
  delivery.add(sendOf('a2', 'a'));
  delivery.add(sendOf('b1', 'b'));
  delivery.add(sendOf('a3', 'a', { isInOrder: false }));
  assert.deepEqual(names(), ['a1 one', 'b1 one', 'a3 one']);
  posts[0]?.answer(false);
  await until(() => posts.length === 4);
  assert.equal(names()[3], 'a1 one', 'it is tried again before the next');
  posts[3]?.answer(true);
  await until(() => posts.length === 5);
  assert.equal(names()[4], 'a2 one');
  assert.deepEqual(sent, ['a1']);
  delivery.close();
});

test('what is refused is tried again with growing pauses, until its time is over; then it is given up and the next begins', async () => {
  let nowMs = 0;
  const { delivery, posts, sent, until } = watched({ clock: { nowMs: () => nowMs }, retry: { firstMs: 1, mostMs: 4, forMs: 1_000 } });
  const first = sendOf('a1', 'a');
  delivery.add({ ...first, notification: { ...first.notification, createdMs: 0 } });
  delivery.add(sendOf('a2', 'a'));
  for (let tries = 0; tries < 5; tries += 1) {
    await until(() => posts.length === tries + 1);
    posts[tries]?.answer(false);
  }
  await until(() => posts.length === 6);
  nowMs = 1_001;
  posts[5]?.answer(false);
  await until(() => posts.length === 7);
  assert.deepEqual(sent, ['a1']);
  assert.equal(RETRY.forMs, 3 * 24 * 60 * 60_000);
  delivery.close();
});

test('no more are posted at once than allowed, and the rest follow', async () => {
  const { delivery, posts, sent, until } = watched({ concurrencyMax: 3 });
  for (let index = 0; index < 10; index += 1) delivery.add(sendOf(`n${index}`, `i${index}`));
  assert.equal(posts.length, 3);
  for (let index = 0; index < 10; index += 1) {
    await until(() => posts.length > index);
    assert.ok(posts.length - index <= 3);
    posts[index]?.answer(true);
  }
  await until(() => sent.length === 10);
  delivery.close();
});

test('with several URLs it has arrived when it has arrived at all; one that fails holds up no other', async () => {
  const { delivery, posts, sent, until, names } = watched({ urls: ['http://one/', 'http://two/'] });
  delivery.add(sendOf('a1', 'a'));
  delivery.add(sendOf('a2', 'a'));
  assert.deepEqual(names(), ['a1 one', 'a1 two']);
  posts[0]?.answer(true);
  await until(() => names().includes('a2 one'));
  assert.deepEqual(sent, []);
  posts[1]?.answer(false);
  await until(() => posts.length === 4);
  posts[3]?.answer(true);
  await until(() => sent.length === 1);
  delivery.close();
});

test('what is added before the URLs are known waits for them', () => {
  const { delivery, names } = watched({ urls: null });
  delivery.add(sendOf('a1', 'a'));
  assert.deepEqual(names(), []);
  delivery.setUrls(['http://late/']);
  assert.deepEqual(names(), ['a1 late']);
  delivery.close();
});

test('paused, nothing is posted; afterwards all is', () => {
  const { delivery, names } = watched();
  delivery.setPaused(true);
  delivery.add(sendOf('a1', 'a'));
  assert.deepEqual(names(), []);
  delivery.setPaused(false);
  assert.deepEqual(names(), ['a1 one']);
  delivery.close();
});

test('redirects are not followed: they are no arrival', async (t) => {
  const elsewhere = await openListener();
  let isRedirecting = true;
  const stage = await openStage(t, {
    reply: (_posted, response) => {
      if (isRedirecting) response.writeHead(307, { location: elsewhere.url }).end();
      else response.end();
    },
  });
  await stage.tried('success');
  await stage.listener.until((all) => all.length >= 3);
  assert.equal(stage.sandbox.pendingNotifications(), 1);
  isRedirecting = false;
  const posted = await stage.listener.until(() => stage.sandbox.pendingNotifications() === 0 || stage.listener.posted.length >= 4);
  assert.equal(new Set(posted.map((one) => one.id)).size, 1, 'the same notification, sent again');
  assert.equal(elsewhere.posted.length, 0);
  await elsewhere.close();
});

test('a listener that breaks connections, answers nothing readable or is not there gets it in the end', async (t) => {
  const stage = await openStage(t, {
    reply: (_posted, response) => {
      const count = stage.listener.posted.length;
      if (count === 1) response.destroy();
      else if (count === 2) response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n\r\n');
      else if (count === 3) response.writeHead(200, { 'content-length': '10' }).write('x', () => response.destroy());
      else response.writeHead(204).end();
    },
  });
  const { ref } = await stage.tried('success');
  const posted = await stage.listener.until((all) => all.length === 4);
  assert.deepEqual([...new Set(posted.map((one) => one.intentRef))], [ref]);
});

test('connections to the listener stay open', async (t) => {
  let connections = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end());
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const stage = await openStage(t, { webhookUrls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`] });
  for (let index = 0; index < 10; index += 1) {
    await stage.tried('success');
    while (stage.sandbox.pendingNotifications() > 0) await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(connections <= 2, `${connections} connections`);
});
