import { randomInt } from 'node:crypto';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readPostmaster } from '../../apps/server/src/engines/postgres/index.ts';
import { countOf, offsetOf } from '../support/counts.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { Book } from './support/book.ts';
import { checkAudit } from './support/check-audit.ts';
import { rush } from './support/rush.ts';
import { openShop } from './support/shop.ts';

/**
 * Kills the real program, or its PostgreSQL, or both at once, in the middle of a rush. Whatever a buyer was answered
 * must be there afterwards, and whoever got no answer must get the truth by asking again.
 */
const KILLS = 20;
const BUYERS = 300;
const AT_ONCE = 30;
/** Less than all want, so that tickets run out in the same rush. */
const CAPACITY = 450;
const VICTIMS = ['postgres', 'server', 'all'] as const;

const folder = temporaryFolder();
const shop = openShop();
let server = await start();
after(async () => {
  await server.stop();
  folder.remove();
});

function start(): Promise<TestServer> {
  return startServer({ folder: folder.path, env: shop.env });
}

function databaseUrl(): string {
  const socketFolder = `${folder.path}/postgres/run`;
  return `postgres://tessera@localhost/tessera?host=${encodeURIComponent(socketFolder)}`;
}

const rounds = countOf('kills', KILLS);
const offset = offsetOf('kills', VICTIMS.length);

for (let round = 0; round < rounds; round += 1) {
  const victim = VICTIMS[(offset + round) % VICTIMS.length] ?? 'all';
  test(`kill ${round + 1}: ${victim}`, async (context) => {
    const event = await shop.makeEvent(server.url, { capacity: CAPACITY });
    const book = new Book();
    const killAfter = randomInt(1, BUYERS - AT_ONCE);
    let killed: Promise<void> | null = null;
    const kill = async (): Promise<void> => {
      const before = readPostmaster(`${folder.path}/postgres/data`)?.pid;
      await server.kill9(victim);
      if (victim !== 'postgres') server = await start();
      if (victim !== 'server') assert.notEqual(await newPostmaster(before), before);
    };
    const onAnswer = (answered: number): void => {
      if (answered === killAfter) killed = kill();
    };
    await rush({ shop, book, event, url: () => server.url, buyers: BUYERS, atOnce: AT_ONCE, onAnswer });
    assert.ok(killed, 'the rush was over before the kill');
    await killed;
    const open = book.openWishes().length;
    const known = book.bookedCount();
    await book.checkAll(shop, () => server.url);
    context.diagnostic(
      `after ${killAfter} answers: ${known} bookings acknowledged, ${open} wishes left open, ${book.bookedCount()} bookings in the end`,
    );
    assert.deepEqual(book.openWishes(), []);
    await checkAudit(server.url, databaseUrl(), event);
  });
}

/** The pid of PostgreSQL once it has been started again. */
async function newPostmaster(before: number | undefined): Promise<number | undefined> {
  const endMs = performance.now() + 30_000;
  for (;;) {
    const found = readPostmaster(`${folder.path}/postgres/data`);
    if ((found?.isReady && found.pid !== before) || performance.now() > endMs) return found?.pid;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
