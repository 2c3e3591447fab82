import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formatCellId, formatId, parseCellId } from '../../../platform/ids/index.ts';
import { openPayments, type PaymentsUnderTest, type Sold } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

/** A server that had another address asks for an intent and dies before the sale hears of it. */
async function holdWithLostIntent(): Promise<Omit<Sold, 'ref'>> {
  const { eventId, typeId } = await it.newEvent();
  const { token } = it.newBuyer();
  const lines = [{ ticket_type_id: formatCellId('typ', eventId, typeId), quantity: 1 }];
  const held = await it.send('POST', '/bookings', { token, body: { event_id: formatId('evt', eventId), lines } });
  const id = String(held.body['id']);
  const bookingId = parseCellId('bkg', id)?.id ?? '';
  const order = { key: `booking-${bookingId}`, amountMinor: 2_000, currency: 'EUR', eventId, bookingId, description: id };
  await it.provider.createIntent({ ...order, returnUrl: `http://another.example/bookings/${id}` });
  return { eventId, bookingId, id, token };
}

test('a hold whose intent was lost under another address can be paid, by one intent', async () => {
  const { id, token, ...sold } = await holdWithLostIntent();
  const answers = await Promise.all([1, 2, 3].map(() => it.send('POST', `/bookings/${id}/payment`, { token })));
  for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body));
  const refs = new Set(answers.map(({ body }) => (body['intent'] as { ref: string }).ref));
  assert.equal(refs.size, 1);
  const [ref = ''] = refs;
  assert.equal((await it.booking(sold)).paymentRef, ref);
  assert.equal((await it.tell(it.provider.pay(ref))).status, 200);
  assert.equal((await it.booking(sold)).state, 'confirmed');
});
