import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyCheckout } from '../support/checkout.ts';
import { onProcessEnd } from '../support/on-process-end.ts';
import { launchProgram, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { makeSmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = temporaryFolder();
const other = temporaryFolder();
after(() => {
  root.remove();
  other.remove();
});
const isRoot = process.getuid?.() === 0;

test('a checkout in a folder that is closed to others starts, as whoever owns it', async () => {
  const folder = join(root.path, 'private');
  const checkout = copyCheckout(folder);
  const own = await startServer({ checkout, folder: join(checkout, '.tessera') });
  assert.equal((await own.stop()).status, 0);
  if (!isRoot) return;
  // The same again as an ordinary user: everything is his, and root's state is gone.
  spawnSync('rm', ['-r', join(checkout, '.tessera')]);
  spawnSync('chown', ['-R', '65534:65534', folder, root.path]);
  const wrap = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
  for (const starts of ['first', 'second']) {
    const server = await startServer({ checkout, folder: join(checkout, '.tessera'), wrap });
    assert.equal((await fetch(`${server.url}/api/v1/events`)).status, 200, starts);
    assert.equal((await server.stop()).status, 0);
  }
  // And as root in the user's checkout, whose data stay the user's.
  const asRoot = await startServer({ checkout, folder: join(checkout, '.tessera') });
  assert.equal((await asRoot.stop()).status, 0);
});

/** With most of these something begins and then fails; with the largest, depending on the system, nothing may. */
for (const megabytes of [1, 20, 38, 39, 40, 41, 42]) {
  test(`a disk of ${megabytes} MB is too full, and one sentence says so, or it is enough`, async () => {
    const disk = makeSmallDisk(join(other.path, `disk-${megabytes}`), megabytes);
    const forget = onProcessEnd(disk.close);
    const program = await launchProgram({ folder: disk.folder, wrap: disk.wrap });
    try {
      await assertRefusedOrReady(program, megabytes);
    } finally {
      await program.kill9('all');
      disk.close();
      forget();
    }
  });
}

async function assertRefusedOrReady(program: TestServer, megabytes: number): Promise<void> {
  const outcome = await Promise.race([program.ended(), untilPrinted(program, 'Tessera is ready')]);
  if (outcome === 'printed') {
    assert.ok(megabytes > 40);
    return;
  }
  assert.equal(outcome.status, 1, program.output());
  assert.match(program.output(), /disk.* is full/i);
  assert.doesNotMatch(program.output(), /^\s+at /m, 'a reason, not a stack');
  assert.equal(program.postgresPid(), null, 'PostgreSQL does not stay behind');
}

async function untilPrinted(program: TestServer, word: string): Promise<'printed'> {
  while (!program.output().includes(word)) await sleep(50, undefined, { ref: false });
  return 'printed';
}
