import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { buildCatalog, listEvents, readEvent, type Catalog } from '../../modules/catalog/index.ts';
import { buildSales, listPromoCodes, placeBooking, type SalesModule } from '../../modules/sales/index.ts';
import { systemClock } from '../../platform/clock/index.ts';
import { openDb, type Db } from '../../platform/db/index.ts';
import { newUuid } from '../../platform/ids/index.ts';
import { systemRandom } from '../../platform/random.ts';
import { buildLog, buildTelemetry } from '../../platform/telemetry/index.ts';
import { seedDemo } from '../index.ts';

const DAY_MS = 86_400_000;

let database: TestDatabase;
let db: Db;
let sales: SalesModule;
let nowMs = systemClock.nowMs();

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 3, onError: () => {} });
  const settings = { connections: 3, batchMax: 500, queueMax: 5_000, deadlineMs: 5_000 };
  const log = buildLog('silent');
  const telemetry = buildTelemetry(log).lane;
  sales = buildSales({ db, laneUrl: database.url, settings, random: systemRandom, telemetry, log });
});
after(async () => {
  await sales.close(1_000);
  await db.close();
  await database.close();
});

function catalogNow(): Catalog {
  return buildCatalog({ db, sales, clock: { nowMs: () => nowMs } });
}

async function snapshot(catalog: Catalog): Promise<unknown[]> {
  const page = await listEvents(catalog, { limit: 100, startingAfter: null, endsAfterMs: null });
  assert.equal(page.kind, 'page');
  if (page.kind !== 'page') return [];
  return page.events.map(({ words, sale }) => ({
    words,
    terms: sale.terms,
    types: sale.ticketTypes,
    quotas: sale.quotas,
    seq: sale.contentVersion,
  }));
}

describe('the demo', () => {
  it('can be broken off and goes on where it stopped', async () => {
    const catalog = catalogNow();
    let queries = 0;
    // The database goes away after a few statements of the catalog: in the middle of an event.
    const failing: Catalog = {
      ...catalog,
      db: {
        ...db,
        query: (text, values) => {
          queries += 1;
          return queries > 8 ? Promise.reject(new Error('gone')) : db.query(text, values);
        },
      },
    };
    await assert.rejects(seedDemo(failing), /gone/);
    await seedDemo(catalog);
    assert.equal((await snapshot(catalog)).length, 3);
  });

  it('changes nothing when it is written again, days later or twice at once', async () => {
    const before = await snapshot(catalogNow());
    nowMs += 3 * DAY_MS;
    await Promise.all([seedDemo(catalogNow()), seedDemo(catalogNow())]);
    assert.deepEqual(await snapshot(catalogNow()), before);
  });

  it('has three events ahead, on sale, with a free type, a paid one and one behind a code', async () => {
    const catalog = catalogNow();
    const page = await listEvents(catalog, { limit: 100, startingAfter: null, endsAfterMs: null });
    assert.ok(page.kind === 'page');
    for (const { words, sale } of page.events) {
      const days = (words.startsAtMs - systemClock.nowMs()) / DAY_MS;
      assert.ok(days > 29 && days < 121, `${words.title} is ${days} days ahead`);
      assert.equal(sale.terms.state, 'on_sale');
      assert.ok(sale.ticketTypes.some((type) => type.terms.priceMinor === 0 && type.terms.accessCode === null));
      assert.ok(sale.ticketTypes.some((type) => type.terms.priceMinor > 0));
      assert.ok(sale.quotas.length > 0);
      const event = await readEvent(catalog, { eventId: words.eventId, viewer: { kind: 'organizer' } });
      assert.equal(event?.ticketTypes.length, sale.ticketTypes.length);
    }
    assert.ok(page.events.some(({ sale }) => sale.ticketTypes.some((type) => type.terms.accessCode !== null)));
  });

  it('shows prices of every kind', async () => {
    const page = await listEvents(catalogNow(), { limit: 100, startingAfter: null, endsAfterMs: null });
    assert.ok(page.kind === 'page');
    const priced = page.events.find(({ sale }) => sale.terms.pricing !== null)?.sale;
    assert.ok(priced);
    assert.ok(priced.ticketTypes.some((type) => type.terms.tiers.length > 0));
    assert.ok(priced.ticketTypes.some((type) => type.terms.addOn !== null));
    assert.ok(priced.terms.pricing?.fees.length && priced.terms.pricing.taxes.some((tax) => tax.included));
    assert.equal((await listPromoCodes(sales, { eventId: priced.eventId, after: '', limit: 10 })).length, 1);
  });

  it('sells its free tickets', async () => {
    const page = await listEvents(catalogNow(), { limit: 1, startingAfter: null, endsAfterMs: null });
    assert.ok(page.kind === 'page');
    const sale = page.events[0]?.sale;
    const free = sale?.ticketTypes.find((type) => type.terms.priceMinor === 0);
    assert.ok(sale && free);
    const outcome = await placeBooking(sales, {
      eventId: sale.eventId,
      buyerKey: newUuid(nowMs),
      idempotencyKey: 'one',
      lines: [{ ticketTypeId: free.id, quantity: 2 }],
      accessCode: null,
      confirm: true,
      isGone: () => false,
    });
    assert.equal(outcome.kind, 'booking');
  });
});
