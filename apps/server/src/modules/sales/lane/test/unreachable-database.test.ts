import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { onProcessEnd } from '../../../../../../../test/support/on-process-end.ts';
import { temporaryFolder } from '../../../../../../../test/support/temporary-folder.ts';
import { confirmBooking, LaneBusy, OutcomeUnknown, releaseBooking } from '../../index.ts';
import { anId, bookingIn, hold } from '../../test/buyers.ts';
import { countStates } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';

const DEADLINE_MS = 1_000;
/** A pause that doubles up to half a second makes seven tries until the deadline; one that does not would make hundreds. */
const TRIES_MAX = 30;

const sales = await openSales();
const folder = temporaryFolder();
const forget = onProcessEnd(folder.remove);
const guard = createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(fatal('28P01', 'password authentication failed')));
});
guard.listen(join(folder.path, '.s.PGSQL.5432'));
await once(guard, 'listening');
after(async () => {
  guard.close();
  forget();
  folder.remove();
  await sales.closeAll();
});

/** PostgreSQL's ErrorResponse. */
function fatal(sqlState: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

function changed(change: (url: URL) => void): string {
  const url = new URL(sales.url);
  change(url);
  return url.href;
}

const inFolder = (path: string): string =>
  changed((url) => {
    url.searchParams.set('host', path);
    url.port = '';
  });

const URLS: Readonly<Record<string, string>> = {
  'a wrong password': inFolder(folder.path),
  'a database that does not exist': changed((url) => {
    url.pathname = '/tessera_of_nowhere';
  }),
  'a role that does not exist': changed((url) => {
    url.username = 'tessera_of_nowhere';
  }),
  'a refused connection': inFolder(join(folder.path, 'nothing-here')),
};

describe('a lane that cannot connect says that it may be asked again, and tries with patience', () => {
  for (const [name, laneUrl] of Object.entries(URLS)) {
    test(name, async () => {
      let tries = 0;
      const lane = await openSales({
        url: sales.url,
        laneUrl,
        settings: { deadlineMs: DEADLINE_MS },
        telemetry: { rerun: () => (tries += 1) },
      });
      try {
        const event = await openEvent(sales, [{ capacity: 100 }]);
        const [paid, given] = [bookingIn(await hold(sales, event)), bookingIn(await hold(sales, event))];
        const on = (bookingId: string) =>
          ({ eventId: event.eventId, bookingId, actor: { kind: 'organizer' }, idempotencyKey: anId() }) as const;
        const answers = await Promise.allSettled([
          ...Array.from({ length: 20 }, () => hold(lane, event)),
          confirmBooking(lane, { ...on(paid.id), tender: 'external' }),
          releaseBooking(lane, on(given.id)),
        ]);
        for (const answer of answers) {
          assert.ok(answer.status === 'rejected', 'nobody can have executed it');
          assert.ok(answer.reason instanceof LaneBusy || answer.reason instanceof OutcomeUnknown, String(answer.reason));
        }
        assert.ok(tries > 1 && tries < TRIES_MAX, `${tries} tries`);
        assert.deepEqual(await countStates(sales.db, event.eventId), { held: 2 });
      } finally {
        await lane.closeAll();
      }
    });
  }
});
