import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { uuidFromText } from '../../../../platform/ids/index.ts';
import { openHurtSales } from './hurt-sales.ts';
import type { TestSale } from './sale-writer.ts';

/** Each test hurts an event of its own, and the audit must say how. */
const hurtSales = await openHurtSales();
const { db } = hurtSales;
after(() => hurtSales.close());

test('a missing ledger row is found, by its gap and by what is missing', async () => {
  const hurt = (sale: TestSale) => db.query('delete from sales.ledger where event_id = $1 and seq = 6', [sale.eventId]);
  const { problems } = await hurtSales.assertFound({ seed: 'gap', hurt, codes: ['ledger_gap', 'counter_drift', 'booking_ledger'] });
  assert.match(problems[0]!.detail, /^Entries 6 to 6 /);
});

test('a ledger row that was missing before the last checkpoint is found by a full audit', async () => {
  const hurt = (sale: TestSale) => db.query('delete from sales.ledger where event_id = $1 and seq = 6', [sale.eventId]);
  await hurtSales.assertFound({ seed: 'old gap', hurt, full: true, codes: ['ledger_gap', 'counter_drift', 'booking_ledger'] });
});

test('a long gap in the ledger is one problem, not a thousand', async () => {
  const hurt = async (sale: TestSale) => {
    await db.query('update sales.heads set ledger_seq = ledger_seq + 1000000000000 where event_id = $1', [sale.eventId]);
  };
  assert.equal((await hurtSales.assertFound({ seed: 'long gap', hurt, codes: ['ledger_gap'] })).problems.length, 2);
});

test('a ledger row that is there twice is found', async () => {
  await db.query('alter table sales.ledger drop constraint ledger_pkey');
  const hurt = (sale: TestSale) =>
    db.query('insert into sales.ledger select * from sales.ledger where event_id = $1 and seq = 5', [sale.eventId]);
  await hurtSales.assertFound({ seed: 'double', hurt, codes: ['ledger_double', 'counter_drift', 'booking_ledger', 'booking_lines'] });
  await db.query('delete from sales.ledger where event_id = $1', [uuidFromText('double')]);
  await db.query('alter table sales.ledger add constraint ledger_pkey primary key (event_id, seq)');
});

test('a head behind its ledger is found', async () => {
  const hurt = (sale: TestSale) => db.query('update sales.heads set ledger_seq = ledger_seq - 2 where event_id = $1', [sale.eventId]);
  await hurtSales.assertFound({ seed: 'head', hurt, codes: ['ledger_beyond_head', 'counter_drift'] });
  await hurtSales.assertFound({ seed: 'head full', hurt, full: true, codes: ['ledger_beyond_head', 'counter_drift'] });
});

test('entries that make no sense are found', async () => {
  const hurt = (sale: TestSale) => db.query("update sales.ledger set kind = 'gift' where event_id = $1 and seq = 1", [sale.eventId]);
  await hurtSales.assertFound({ seed: 'nonsense', hurt, codes: ['ledger_row_invalid'] });
});

test('a checkpoint ahead of its head is broken until a full audit settles it', async () => {
  const hurt = async (sale: TestSale) => {
    await hurtSales.audit(sale, false);
    await db.query('update sales.audit_checkpoints set ledger_seq = ledger_seq + 5 where event_id = $1', [sale.eventId]);
  };
  const { sale } = await hurtSales.assertFound({ seed: 'ahead', hurt, codes: ['checkpoint_ahead'] });
  assert.equal((await hurtSales.audit(sale, true)).verdict, 'clean');
  assert.equal((await hurtSales.audit(sale, false)).verdict, 'clean');
});

test('a report stays small, and counts what it leaves out', async () => {
  const sale = await hurtSales.create('many');
  await db.query(`insert into sales.buyer_totals select $1, md5(n::text)::uuid, $2, 1 from generate_series(1, 300) n`, [
    sale.eventId,
    sale.ticketTypeIds[0]!,
  ]);
  await db.query(
    `insert into sales.ledger select event_id, seq + 1000 * n, at, 'gift', null, null, null, 0, 0, 0, 0
     from sales.ledger, generate_series(1, 100) n where event_id = $1 and seq <= 3`,
    [sale.eventId],
  );
  await db.query('update sales.heads set ledger_seq = 200000 where event_id = $1', [sale.eventId]);
  const report = await hurtSales.audit(sale, false);
  assert.equal(report.problems.length, 100);
  assert.ok(report.problemsTotal > 300);
});
