import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bookingOf, buyerOf, openHurtSales } from './hurt-sales.ts';
import { writeActions, type TestSale } from './sale-writer.ts';

/** Each test hurts an event of its own, and the audit must say how. */
const hurtSales = await openHurtSales();
const { db } = hurtSales;
after(() => hurtSales.close());

test('the sale that the other tests hurt is clean', async () => {
  const sale = await hurtSales.create('whole');
  for (const full of [false, true, false]) assert.deepEqual((await hurtSales.audit(sale, full)).problems, []);
});

test('a counter that was raised is found', async () => {
  const hurt = (sale: TestSale) =>
    db.query('update sales.ticket_types set sold = sold + 1 where event_id = $1 and id = $2', [sale.eventId, sale.ticketTypeIds[0]!]);
  const { problems, sale } = await hurtSales.assertFound({ seed: 'counter', hurt, codes: ['counter_drift'] });
  const detail = 'The counter sold is not what the ledger adds up to.';
  const subject = { kind: 'ticket_type', id: sale.ticketTypeIds[0] };
  assert.deepEqual(problems, [{ code: 'counter_drift', subject, expected: '4', found: '5', detail }]);
});

test('a counter that was raised after the last checkpoint is found without reading the ledger again', async () => {
  const sale = await hurtSales.create('quiet counter');
  assert.equal((await hurtSales.audit(sale, false)).verdict, 'clean');
  await db.query('update sales.ticket_types set capacity = capacity + 1 where event_id = $1 and id = $2', [
    sale.eventId,
    sale.ticketTypeIds[1]!,
  ]);
  const report = await hurtSales.audit(sale, false);
  assert.deepEqual([report.verdict, report.ledgerChecked], ['broken', 0]);
});

test('drift of a quota is found', async () => {
  const held = (sale: TestSale) => db.query('update sales.quotas set held = held - 1 where event_id = $1', [sale.eventId]);
  const { problems } = await hurtSales.assertFound({ seed: 'quota held', hurt: held, codes: ['counter_drift'] });
  assert.equal(problems[0]?.subject.kind, 'quota');
  const capacity = (sale: TestSale) => db.query('update sales.quotas set capacity = capacity + 1 where event_id = $1', [sale.eventId]);
  await hurtSales.assertFound({ seed: 'quota capacity', hurt: capacity, codes: ['counter_drift'] });
  const member = (sale: TestSale) =>
    db.query('delete from sales.quota_ticket_types where event_id = $1 and ticket_type_id = $2', [sale.eventId, sale.ticketTypeIds[0]!]);
  await hurtSales.assertFound({ seed: 'quota member', hurt: member, codes: ['counter_drift'] });
});

test('an oversold event is found, though counters, ledger and bookings agree', async () => {
  const hurt = (sale: TestSale) =>
    writeActions(db, sale, [
      {
        kind: 'sell',
        bookingId: bookingOf(sale, 7),
        buyerKey: buyerOf(sale, 7),
        lines: [{ ticketTypeId: sale.ticketTypeIds[1]!, quantity: 101 }],
      },
    ]);
  const { problems } = await hurtSales.assertFound({ seed: 'oversold', hurt, codes: ['oversold'] });
  assert.deepEqual([problems[0]?.expected, problems[0]?.found], ['100 or less', '101']);
  await hurtSales.assertFound({ seed: 'oversold full', hurt, full: true, codes: ['oversold'] });
});

test('a counter below zero is found', async () => {
  const hurt = (sale: TestSale) => writeActions(db, sale, [{ kind: 'set_aside', ticketTypeId: sale.ticketTypeIds[2]!, quantity: -1 }]);
  await hurtSales.assertFound({ seed: 'negative', hurt, codes: ['negative'] });
});

test('a ticket type that is gone is found', async () => {
  const hurt = (sale: TestSale) =>
    db.query('delete from sales.ticket_types where event_id = $1 and id = $2', [sale.eventId, sale.ticketTypeIds[2]!]);
  await hurtSales.assertFound({ seed: 'type gone', hurt, codes: ['counter_missing'] });
});
