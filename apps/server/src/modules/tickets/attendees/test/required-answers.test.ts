import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freshKey } from '../../../../../../../test/system/contract/buyer.ts';
import { openAttendees, type AttendeesUnderTest, type TestBuyer } from './support.ts';

let under: AttendeesUnderTest;
let eventId: string;
let type: string;
let fromWhere: string;
let meal: string;
let buyer: TestBuyer;
before(async () => {
  under = await openAttendees();
  ({ eventId, type } = await under.newEvent());
  fromWhere = await under.ask({ label: 'From', kind: 'country', required: true }, eventId);
  meal = await under.ask(
    { label: 'Meal', kind: 'choice', options: ['Fish'], required: true, asked_per: 'ticket', ticket_type_ids: [type] },
    eventId,
  );
  await under.ask({ label: 'Anything else', asked_per: 'ticket' }, eventId);
  buyer = await under.newBuyer();
});
after(() => under.close());

const lines = (quantity: number) => [{ ticket_type_id: type, quantity }];
const answer = (question_id: string, value: unknown) => ({ question_id, value });

test('a free booking is not confirmed before required questions are answered; who asks hears which', async () => {
  const id = await buyer.book(lines(2), { eventId });
  const refused = await buyer.act(id, 'confirm');
  assert.deepEqual([refused.status, refused.body['code'], refused.body['missing_count']], [409, 'ATTENDEES_INCOMPLETE', 3]);
  assert.deepEqual(refused.body['missing'], [
    { number: 0, question_id: fromWhere },
    { number: 1, question_id: meal },
    { number: 2, question_id: meal },
  ]);
  const fish = [answer(meal, 'Fish')];
  await buyer.set(id, { booking: { answers: [answer(fromWhere, 'AT')] }, tickets: [{ number: 1, answers: fish }] });
  assert.deepEqual((await buyer.act(id, 'confirm')).body['missing'], [{ number: 2, question_id: meal }]);
  await buyer.set(id, { tickets: [{ number: 2, answers: fish }] });
  const confirmed = await buyer.act(id, 'confirm');
  assert.deepEqual([confirmed.status, confirmed.body['state']], [200, 'confirmed'], confirmed.text);
});

test('what the confirmation refuses by itself it still refuses: nobody learns of a booking here', async () => {
  const id = await buyer.book(lines(1), { eventId });
  const stranger = await under.newBuyer();
  assert.equal((await stranger.act(id, 'confirm')).body['code'], 'NOT_FOUND');
  await buyer.act(id, 'release');
  assert.equal((await buyer.act(id, 'confirm')).body['code'], 'SALES_WRONG_STATE');
});

test('tickets are not held and confirmed at once where something must be answered first', async () => {
  const body = { event_id: eventId, lines: lines(1), confirm: true };
  const key = freshKey();
  const refused = await buyer.post('/bookings', body, key);
  assert.deepEqual([refused.status, refused.body['code'], refused.body['missing_count']], [409, 'ATTENDEES_INCOMPLETE', 2]);
  const held = await buyer.post('/bookings', { ...body, confirm: false }, key);
  assert.equal(held.status, 201, 'nothing was made under the key');
});

test('a repeat is answered as it always is, also when a question was added since', async () => {
  const { eventId: quiet, type: seat } = await under.newEvent();
  const body = { event_id: quiet, lines: [{ ticket_type_id: seat, quantity: 1 }], confirm: true };
  const [placing, key] = [freshKey(), freshKey()];
  const placed = await buyer.post('/bookings', body, placing);
  assert.deepEqual([placed.status, placed.body['state']], [201, 'confirmed']);
  const id = await buyer.book(body.lines, { eventId: quiet });
  assert.equal((await buyer.post(`/bookings/${id}/confirm`, {}, key)).status, 200);
  await under.ask({ label: 'Late', required: true }, quiet);
  const fresh = await buyer.book(body.lines, { eventId: quiet });
  // It is asked within a second.
  for (let status = 200, tries = 0; status !== 409; tries += 1) {
    assert.ok(tries < 300, 'the new question is never asked');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const probe = await buyer.post('/bookings', { ...body, confirm: true });
    status = probe.status;
  }
  assert.equal((await buyer.act(fresh, 'confirm')).status, 409);
  const again = [await buyer.post('/bookings', body, placing), await buyer.post(`/bookings/${id}/confirm`, {}, key)];
  assert.deepEqual(
    again.map(({ status, body: { state } }) => [status, state]),
    [
      [200, 'confirmed'],
      [200, 'confirmed'],
    ],
  );
});
