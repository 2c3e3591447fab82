import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { countOf, offsetOf } from '../support/counts.ts';
import { startPostgres } from '../support/postgres.ts';
import { descendants } from '../support/process-tree.ts';
import { startServer } from '../support/server.ts';
import { Book } from './support/book.ts';
import { checkAudit } from './support/check-audit.ts';
import { openDatabaseProxy, type CommitFate } from './support/database-proxy.ts';
import { openShop } from './support/shop.ts';

/**
 * Kills PostgreSQL, the postmaster and every backend, around the COMMIT of a batch: before it arrives, while it is at
 * work, or when it is durable and the answer has not been read. No client is told a verdict that is not the truth, and
 * the repeat of each key tells it.
 */
const LOST_COMMITS = 20;
const BUYERS = 40;
const FATES: readonly CommitFate[] = ['during', 'after', 'before'];

const shop = openShop();
const postgres = await startPostgres({ durable: true });
const proxy = await openDatabaseProxy(postgres.url);
const env = { ...shop.env, DATABASE_URL: postgres.url, DATABASE_DIRECT_URL: proxy.url };
// The one waits until PostgreSQL is back and answers the truth; the other tells its buyers to ask again.
const patient = await startServer({ env: { ...env, TESSERA_LANE_DEADLINE_MS: '15000' } });
const hasty = await startServer({ env: { ...env, TESSERA_LANE_DEADLINE_MS: '300' } });
after(async () => {
  await Promise.all([patient.stop(), hasty.stop()]);
  await proxy.close();
  await postgres.stop();
});

const rounds = countOf('lost commits', LOST_COMMITS);
const offset = offsetOf('lost commits', FATES.length);

for (let round = 0; round < rounds; round += 1) {
  const fate = FATES[(offset + round) % FATES.length] ?? 'during';
  const [name, server] = round % 2 === 0 ? (['patient', patient] as const) : (['hasty', hasty] as const);
  test(`PostgreSQL killed ${fate} commit ${round + 1} of a ${name} server`, async (context) => {
    await untilReady(server.url);
    const event = await shop.makeEvent(server.url, { capacity: BUYERS - 10 });
    const book = new Book();
    const first = shop.newWish(event);
    book.write(first, await shop.place(server.url, first));
    const delayMs = fate === 'during' ? randomInt(0, 30) / 10 : 0;
    const before = proxy.struck();
    // Found beforehand: asking for them at the strike would come too late.
    const pids = [postgres.pid(), ...descendants(postgres.pid())];
    proxy.arm({ fate, onStrike: () => killAfter(pids, delayMs) });
    const wishes = Array.from({ length: BUYERS }, (_, at) => ({ ...shop.newWish(event), confirm: at % 2 === 0 }));
    const replies = await Promise.all(wishes.map((wish) => shop.place(server.url, wish)));
    replies.forEach((reply, at) => {
      assert.ok(reply, 'the server itself lives and answers');
      book.write(wishes[at]!, reply);
    });
    const open = book.openWishes().length;
    assert.equal(proxy.struck(), before + 1);
    await book.checkAll(shop, () => server.url);
    context.diagnostic(
      `${BUYERS - open} wishes were answered with the truth, ${open} told to ask again; ${book.bookedCount()} bookings in the end`,
    );
    assert.equal(book.bookedCount(), BUYERS - 10, 'every ticket is booked once');
    await checkAudit(server.url, postgres.url, event);
  });
}

/** A moment below a millisecond is not waited for by a timer. */
function killAfter(pids: readonly number[], delayMs: number): void {
  const atMs = performance.now() + delayMs;
  const kill = (): void => {
    if (performance.now() < atMs) return void setImmediate(kill);
    for (const pid of pids) killIfAlive(pid);
  };
  kill();
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function untilReady(url: string): Promise<void> {
  while (!(await fetch(`${url}/health/ready`)).ok) await pause(50);
}
