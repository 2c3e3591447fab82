import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db, type Queryable } from '../../../../platform/db/index.ts';
import { auditEvent } from '../audit-event.ts';
import { writeManyBookings } from './bulk-bookings.ts';
import { createRandomSale } from './random-sale.ts';

const PAGE_MAX = 100;

let database: TestDatabase;
let db: Db;

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 4, onError: () => undefined });
  for (const table of ['bookings', 'ledger', 'buyer_totals', 'promo_codes', 'promo_uses']) {
    await db.query(`alter table sales.${table} set (autovacuum_enabled = false)`);
  }
});

after(async () => {
  await db.close();
  await database.close();
});

type Plan = { 'Actual Rows': number; 'Rows Removed by Filter'?: number; Plans?: Plan[] };

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** The same database, in which every read is explained beside being run. */
function explaining(plans: Map<string, Plan[]>): Db {
  const explained = (on: Queryable): Queryable['query'] => {
    return async (text, values) => {
      if (text.includes('from sales.')) {
        const [row] = await on.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (analyze, format json) ${text}`, values);
        plans.set(text, [...(plans.get(text) ?? []), row!['QUERY PLAN'][0]!.Plan]);
      }
      return on.query(text, values);
    };
  };
  return { ...db, transaction: (work) => db.transaction((tx) => work({ ...tx, query: explained(tx) })) };
}

test('no page reads more than a page, however little PostgreSQL knows of the tables', async () => {
  const sale = await createRandomSale(db, 'plans');
  await writeManyBookings(db, sale, 3_000);
  const codes = `insert into sales.promo_codes (event_id, code, state, kind, value, buyer_uses_max)
    select $1, 'CODE-' || n, 'active', 'amount', 1, 1 from generate_series(1, 300) as n`;
  await db.query(codes, [sale.eventId]);
  const uses = `insert into sales.promo_uses (event_id, buyer_key, code, uses)
    select $1, md5('buyer' || n % 100)::uuid, 'CODE-' || n, 0 from generate_series(1, 300) as n`;
  await db.query(uses, [sale.eventId]);
  for (const isAnalyzed of [false, true]) {
    if (isAnalyzed) await db.query('analyze');
    const plans = new Map<string, Plan[]>();
    for (const full of [true, false]) {
      await db.query('delete from sales.audit_checkpoints');
      let left = 20;
      const pause = async () => {
        left -= 1;
        if (left > 0) await sale.step();
      };
      const report = await auditEvent({ db: explaining(plans), clock: systemClock }, sale.eventId, { full, pause, pageMax: PAGE_MAX });
      assert.equal(report?.verdict, 'clean');
    }
    assert.ok(plans.size >= 6);
    for (const [text, some] of plans) {
      const nodes = some.flatMap(nodesOf);
      assert.ok(Math.max(...nodes.map((node) => node['Actual Rows'])) <= PAGE_MAX, text);
      assert.equal(
        nodes.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0), 0),
        0,
        text,
      );
    }
  }
});
