import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../support/postgres.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { Book } from './support/book.ts';
import { checkAudit } from './support/check-audit.ts';
import { openDatabaseProxy } from './support/database-proxy.ts';
import { isBooked, openShop, type ShopEvent } from './support/shop.ts';

/** The design says two seconds, at most; a slow machine may take longer, but not this long. */
const LATEST_MS = 10_000;

const shop = openShop();
const postgres = await startPostgres({ durable: true });
const proxy = await openDatabaseProxy(postgres.url);
const env = { ...shop.env, DATABASE_URL: postgres.url };
const others = [await startServer({ env }), await startServer({ env })] as const;
const stopped = await startServer({ env: { ...env, DATABASE_DIRECT_URL: proxy.url } });
after(async () => {
  process.kill(stopped.pid, 'SIGCONT');
  await Promise.all([...others, stopped].map((server) => server.stop()));
  await proxy.close();
  await postgres.stop();
});

async function sell(server: TestServer, book: Book, event: ShopEvent): Promise<boolean> {
  const wish = shop.newWish(event);
  const reply = await shop.place(server.url, wish);
  book.write(wish, reply);
  return isBooked(reply);
}

/** `held`: stopped when everything but the COMMIT has been sent. `before`: the connection is cut too, as if its machine had died. */
for (const round of [1, 2, 3]) {
  test(`one of three servers stopped while it keeps the head: the others sell again (${round} of 3)`, async (context) => {
    const event = await shop.makeEvent(others[0].url, { capacity: 1_000 });
    const book = new Book();
    for (const server of [...others, stopped]) assert.ok(await sell(server, book, event));
    const { promise: stop, resolve } = Promise.withResolvers<number>();
    proxy.arm({
      fate: 'held',
      onStrike: () => {
        process.kill(stopped.pid, 'SIGSTOP');
        resolve(performance.now());
      },
    });
    const stuck = Array.from({ length: 20 }, () => sell(stopped, book, event));
    const stoppedAtMs = await stop;
    const soldAfterMs = await Promise.all(others.map((server) => msUntilSold(server, book, event, stoppedAtMs)));
    context.diagnostic(`the other two sold again ${soldAfterMs.map((ms) => ms.toFixed(0)).join(' and ')} ms after the stop`);
    for (let sale = 0; sale < 50; sale += 1) assert.ok(await sell(others[sale % 2 === 0 ? 0 : 1], book, event));
    process.kill(stopped.pid, 'SIGCONT');
    await Promise.all(stuck);
    await book.checkAll(shop, () => stopped.url);
    await checkAudit(others[0].url, postgres.url, event);
  });
}

async function msUntilSold(server: TestServer, book: Book, event: ShopEvent, sinceMs: number): Promise<number> {
  for (;;) {
    const isSold = await sell(server, book, event);
    const tookMs = performance.now() - sinceMs;
    assert.ok(tookMs < LATEST_MS, `nothing is sold ${tookMs.toFixed(0)} ms after another server was stopped`);
    if (isSold) return tookMs;
    await pause(10);
  }
}
