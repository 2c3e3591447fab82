import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { presentAudit } from '../present-audit.ts';
import { bookingOf, buyerOf, openHurtSales } from './hurt-sales.ts';
import type { TestSale } from './sale-writer.ts';

/** Each test hurts an event of its own, and the audit must say how. */
const hurtSales = await openHurtSales();
const { db } = hurtSales;
after(() => hurtSales.close());

const change =
  (text: string, ...values: ((sale: TestSale) => string | undefined)[]) =>
  (sale: TestSale) =>
    db.query(text, [sale.eventId, ...values.map((value) => value(sale) ?? null)]);
const booking = (number: number) => (sale: TestSale) => bookingOf(sale, number);

test('a promo code that is counted wrongly is found by a full audit, and not given away by its report', async () => {
  const hurt = change("update sales.promo_codes set used = used + 1 where event_id = $1 and code = 'EACH-0'");
  const { problems, sale } = await hurtSales.assertFound({ seed: 'used', hurt, full: true, codes: ['promo_uses_drift'] });
  assert.deepEqual(
    problems.map(({ subject, expected, found }) => [subject.kind, subject.id, expected, found]),
    [['promo_code', 'EACH-0', '2', '3']],
  );
  assert.equal((await hurtSales.audit(sale, false)).verdict, 'clean', 'what is counted for a code stands in no ledger');
  const shown = JSON.stringify(presentAudit(await hurtSales.audit(sale, true)));
  assert.ok(shown.includes('promo_uses_drift') && !shown.includes('EACH-0'));
});

test('a buyer’s uses that are counted wrongly are found, and the report names nobody', async () => {
  const hurt = change('update sales.promo_uses set uses = uses - 1 where event_id = $1 and buyer_key = $2', (sale) => buyerOf(sale, 0));
  const { problems, sale } = await hurtSales.assertFound({ seed: 'buyer uses', hurt, full: true, codes: ['promo_uses_drift'] });
  assert.deepEqual(
    problems.map(({ subject, expected, found }) => [subject.id, expected, found]),
    [[buyerOf(sale, 0), '2', '1']],
  );
  assert.ok(!JSON.stringify(presentAudit(await hurtSales.audit(sale, true))).includes(buyerOf(sale, 0)));
});

test('a booking that is said to have used another code is found at both codes', async () => {
  const hurt = change("update sales.bookings set promo_code = 'EACH-0' where event_id = $1 and id = $2", booking(1));
  const { problems } = await hurtSales.assertFound({ seed: 'other code', hurt, full: true, codes: ['promo_uses_drift'] });
  assert.deepEqual(problems.map(({ subject }) => subject.kind).sort(), ['buyer', 'promo_code', 'promo_code']);
});

test('a code that is gone is found', async () => {
  const hurt = change("delete from sales.promo_codes where event_id = $1 and code = 'OPEN-1'");
  const { problems } = await hurtSales.assertFound({ seed: 'code gone', hurt, full: true, codes: ['promo_uses_drift'] });
  assert.deepEqual([problems[0]?.subject.id, problems[0]?.expected, problems[0]?.found], ['OPEN-1', '2', '0']);
});

test('uses of a code that nobody counts are found', async () => {
  const hurt = change("insert into sales.promo_uses values ($1, $2, 'OPEN-1', 1)", (sale) => buyerOf(sale, 5));
  await hurtSales.assertFound({ seed: 'uses too many', hurt, full: true, codes: ['promo_uses_drift'] });
});

test('a total that is not the lines and what comes on top of them is found', async () => {
  const total = change('update sales.bookings set total_minor = total_minor - 1 where event_id = $1 and id = $2', booking(5));
  for (const full of [false, true]) {
    const { problems } = await hurtSales.assertFound({ seed: `total ${full}`, hurt: total, full, codes: ['booking_total'] });
    assert.deepEqual([problems[0]?.expected, problems[0]?.found], ['307', '306']);
  }
  const extra = change('update sales.bookings set extra_minor = extra_minor + 1 where event_id = $1 and id = $2', booking(0));
  await hurtSales.assertFound({ seed: 'extra', hurt: extra, codes: ['booking_total'] });
  const price = change('update sales.bookings set line_unit_prices_minor[1] = 99 where event_id = $1 and id = $2', booking(0));
  await hurtSales.assertFound({ seed: 'price', hurt: price, codes: ['booking_total'] });
});

test('tickets of one type in two lines are added up: what is missing in one of them is found', async () => {
  const moved = change(
    `update sales.bookings set line_quantities = '{2,1,1}', quantity = 4, total_minor = total_minor + 100 where event_id = $1 and id = $2`,
    booking(5),
  );
  const { problems, sale } = await hurtSales.assertFound({ seed: 'two lines', hurt: moved, codes: ['booking_lines'] });
  const expected = 'held 3, sold 0';
  assert.deepEqual([problems[0]?.subject.id, problems[0]?.expected, problems[0]?.found], [bookingOf(sale, 5), expected, 'held 2, sold 0']);
  const ofOther = change(
    `update sales.bookings set line_ticket_type_ids[2] = $3 where event_id = $1 and id = $2`,
    booking(1),
    (of) => of.ticketTypeIds[2],
  );
  await hurtSales.assertFound({ seed: 'other type', hurt: ofOther, codes: ['booking_lines'] });
});
