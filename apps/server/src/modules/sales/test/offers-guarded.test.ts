import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { systemClock } from '../../../platform/clock/index.ts';
import { auditEvent, configure, readSale } from '../index.ts';
import { anId, hold } from './buyers.ts';
import { sellersAt } from './sellers.ts';
import { openSales } from './support.ts';

const one = await openSales();
const other = await openSales({ url: one.url });
const { anEvent, sell, offer, assertClean, leftOf } = sellersAt(one, other);
after(async () => {
  await other.closeAll();
  await one.closeAll();
});

test('the organizer stops it, and allows it again', async () => {
  const event = await anEvent(2);
  const seller = await sell(event, 2);
  await offer(event, seller);
  const switchTo = (resale: boolean) =>
    configure(other, event.eventId, { kind: 'change-sale', commandId: anId(), fingerprint: anId(), changes: { resale } });
  await switchTo(false);
  assert.equal((await readSale(one, event.eventId))?.terms.resale, false);
  assert.equal(await leftOf(event), 0);
  assert.equal((await offer(event, seller, [2])).kind, 'no_resale');
  assert.equal((await hold(one, event)).kind, 'sold_out');
  await switchTo(true);
  assert.equal(await leftOf(event), 1);
  assert.equal((await hold(one, event)).kind, 'booking');
  await assertClean(event);
});

test('the tables refuse what a decision must never do', async () => {
  const event = await anEvent(1);
  await sell(event);
  for (const set of ['taken = 1', 'offered = 2', 'taken = -1']) {
    await assert.rejects(one.db.query(`update sales.ticket_types set ${set} where event_id = $1`, [event.eventId]), {
      constraint: 'ticket_types_offered',
    });
  }
  const due = 'update sales.bookings set resale_due_minor = 1 + paid_minor where event_id = $1';
  await assert.rejects(one.db.query(due, [event.eventId]), { constraint: 'bookings_resale_due' });
});

test('the audit finds offers that are not there, and counters that count others', async () => {
  const hurts: Readonly<Record<string, string>> = {
    'a lost offer': 'delete from sales.offers where event_id = $1',
    'a booking that forgets': `update sales.bookings set offered = '{}', offer_seqs = '{}' where event_id = $1`,
    'an offer of another ticket': 'update sales.offers set number = number + 7 where event_id = $1',
    'a counter': 'update sales.ticket_types set offered = 0 where event_id = $1',
  };
  for (const [name, text] of Object.entries(hurts)) {
    const event = await anEvent(1);
    await offer(event, await sell(event));
    await one.db.query(text, [event.eventId]);
    const report = await auditEvent({ db: one.db, clock: systemClock }, event.eventId, { full: true });
    assert.deepEqual([...new Set(report?.problems.map(({ code }) => code))], ['offers_drift'], name);
  }
});
