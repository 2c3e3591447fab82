import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openDb } from '../../apps/server/src/platform/db/index.ts';
import { newUuid } from '../../apps/server/src/platform/ids/index.ts';
import { createDatabase } from '../../test/support/database.ts';
import type { HotEvent } from './hot-event.ts';
import { recount, verifySamples } from './recount.ts';
import { Unmeasured } from './unmeasured.ts';

const database = await createDatabase();
const db = openDb({ url: database.url, poolMax: 1, onError: () => {} });
after(async () => {
  await db.close();
  await database.close();
});

const event: HotEvent = { eventId: newUuid(1), ticketTypeId: newUuid(2), capacity: 1, body: '' };

test('a bench that was told of bookings which PostgreSQL does not hold is not measured', async () => {
  await assert.rejects(recount(db, event, 1), Unmeasured);
});

test('a sample that is no hold of the event is not accepted', async () => {
  await assert.rejects(verifySamples(db, event, [JSON.stringify({ id: 'bkg_1', state: 'held', quantity: 1 })]), Unmeasured);
});
