import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bookingOf, buyerOf, openHurtSales } from './hurt-sales.ts';
import type { TestSale } from './sale-writer.ts';

/** Each test hurts an event of its own, and the audit must say how. */
const hurtSales = await openHurtSales();
const { db } = hurtSales;
after(() => hurtSales.close());

test('a state of a booking changed by hand is found', async () => {
  const hurt = (sale: TestSale) =>
    db.query("update sales.bookings set state = 'confirmed' where event_id = $1 and id = $2", [sale.eventId, bookingOf(sale, 0)]);
  const { problems, sale } = await hurtSales.assertFound({ seed: 'state', hurt, codes: ['booking_state'] });
  const [problem] = problems;
  assert.deepEqual(problem?.subject, { kind: 'booking', id: bookingOf(sale, 0) });
  assert.deepEqual([problem?.expected, problem?.found], ['held or awaiting_payment', 'confirmed']);
  await hurtSales.assertFound({ seed: 'old state', hurt, full: true, codes: ['booking_state', 'bookings_drift'] });
});

test('lines of a booking changed by hand are found', async () => {
  const more = (sale: TestSale) =>
    db.query(
      `update sales.bookings set line_quantities = (select array_agg(q + 1 order by n) from unnest(line_quantities) with ordinality as l (q, n))
       where event_id = $1 and id = $2`,
      [sale.eventId, bookingOf(sale, 5)],
    );
  await hurtSales.assertFound({ seed: 'more lines', hurt: more, codes: ['booking_lines'] });
  const both = async (sale: TestSale) => {
    await more(sale);
    await db.query('update sales.bookings set quantity = quantity + 2 where event_id = $1 and id = $2', [sale.eventId, bookingOf(sale, 5)]);
  };
  await hurtSales.assertFound({ seed: 'lines and quantity', hurt: both, codes: ['booking_lines'] });
});

test('a booking that is gone is found', async () => {
  const hurt = (sale: TestSale) =>
    db.query('delete from sales.bookings where event_id = $1 and id = $2', [sale.eventId, bookingOf(sale, 0)]);
  await hurtSales.assertFound({ seed: 'gone', hurt, codes: ['booking_missing'] });
  await hurtSales.assertFound({
    seed: 'gone before',
    hurt,
    full: true,
    codes: ['bookings_drift', 'buyer_total_drift', 'promo_uses_drift'],
  });
});

test('a booking that no ledger knows is found by a full audit', async () => {
  const hurt = async (sale: TestSale) => {
    const booking = `insert into sales.bookings (event_id, id, buyer_key, fingerprint, state, quantity, total_minor, currency, held_at, expires_at, extended,
        confirmed_at, closed_at, ledger_seq, line_ticket_type_ids, line_quantities, line_unit_prices_minor, extra_minor)
      select event_id, $2, buyer_key, fingerprint, state, quantity, total_minor, currency, held_at, expires_at, extended, confirmed_at, closed_at, ledger_seq,
        line_ticket_type_ids, line_quantities, line_unit_prices_minor, extra_minor
      from sales.bookings where event_id = $1 and id = $3`;
    await db.query(booking, [sale.eventId, bookingOf(sale, 9), bookingOf(sale, 0)]);
  };
  await hurtSales.assertFound({
    seed: 'unknown booking',
    hurt,
    full: true,
    codes: ['booking_ledger', 'bookings_drift', 'buyer_total_drift'],
  });
});

test('drift of a buyer’s total is found by a full audit, which names the buyer', async () => {
  const hurt = (sale: TestSale) =>
    db.query('update sales.buyer_totals set quantity = quantity - 1 where event_id = $1 and buyer_key = $2 and ticket_type_id = $3', [
      ...[sale.eventId, buyerOf(sale, 1), sale.ticketTypeIds[2]!],
    ]);
  const { problems, sale } = await hurtSales.assertFound({ seed: 'buyer', hurt, full: true, codes: ['buyer_total_drift'] });
  assert.equal(problems.length, 1);
  assert.deepEqual(problems[0]?.subject, { kind: 'buyer', id: buyerOf(sale, 1) });
  assert.deepEqual([problems[0]?.expected, problems[0]?.found], ['1', '0']);
});

test('tickets moved from one buyer’s total to another’s are found', async () => {
  const hurt = async (sale: TestSale) => {
    const add = 'update sales.buyer_totals set quantity = quantity + $3 where event_id = $1 and buyer_key = $2';
    await db.query(add, [sale.eventId, buyerOf(sale, 0), 1]);
    await db.query(add, [sale.eventId, buyerOf(sale, 1), -1]);
  };
  const { problems } = await hurtSales.assertFound({ seed: 'moved', hurt, full: true, codes: ['buyer_total_drift'] });
  assert.equal(problems.length, 4);
});
