import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { hold } from './buyers.ts';
import { createCode } from './promo.ts';
import { assertSound } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const sales = await openSales();
after(() => sales.closeAll());

/** Each spoils one thing of a sound event, by hand. */
const CORRUPTIONS: Readonly<Record<string, string>> = {
  'a counter': 'update sales.ticket_types set held = held + 1 where event_id = $1',
  'a booking that is gone': 'delete from sales.bookings where ctid = (select min(ctid) from sales.bookings where event_id = $1)',
  'a booking in another state':
    "update sales.bookings set state = 'released' where ctid = (select min(ctid) from sales.bookings where event_id = $1)",
  'a buyer’s total':
    'update sales.buyer_totals set quantity = quantity + 1 where ctid = (select min(ctid) from sales.buyer_totals where event_id = $1)',
  'an entry of the ledger that is gone': 'delete from sales.ledger where event_id = $1 and seq = 2',
  'an entry of the ledger that is another': "update sales.ledger set held_delta = 2 where event_id = $1 and seq = 2 and kind = 'hold'",
  'a total': 'update sales.bookings set total_minor = total_minor + 1 where event_id = $1',
  'the uses of a promo code': 'update sales.promo_codes set used = used - 1 where event_id = $1',
  'a buyer’s uses of a promo code': 'update sales.promo_uses set uses = uses + 1 where event_id = $1',
  'money that was never paid': 'update sales.bookings set paid_minor = paid_minor + 1 where event_id = $1',
  'a fact that is gone': 'delete from facts.facts where event_id = $1 and seq = 2',
};

describe('the recount', () => {
  for (const [name, text] of Object.entries(CORRUPTIONS)) {
    test(`finds ${name}`, async () => {
      const event = await openEvent(sales, [{ capacity: 10, terms: { priceMinor: 100 } }]);
      await createCode(sales, event, 'HALF', { buyerUsesMax: 1 });
      for (let count = 0; count < 3; count += 1) await hold(sales, event, { promoCode: 'HALF' });
      await assertSound(sales.db, event.eventId);
      await sales.db.query(text, [event.eventId]);
      await assert.rejects(assertSound(sales.db, event.eventId), assert.AssertionError);
    });
  }
});
