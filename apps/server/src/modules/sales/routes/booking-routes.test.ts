import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { freshKey, newBuyer, type Buyer } from '../../../../../../test/system/contract/buyer.ts';
import { setStage, type Stage } from '../../../../../../test/system/contract/stage.ts';
import { buildBuyerSessions } from '../../accounts/index.ts';

let stage: Stage;
let buyer: Buyer;
before(async () => {
  stage = await setStage();
  buyer = await newBuyer(stage);
});
after(() => stage.close());

function post(body: unknown, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return buyer.send({ method: 'POST', url: '/api/v1/bookings', body, key: freshKey(), headers });
}

function basket(line: object): object {
  return { event_id: stage.eventId, lines: [{ ticket_type_id: stage.types.free, quantity: 1, ...line }] };
}

test('a booking is answered whole, is for its buyer alone, and can be read again', async () => {
  const answer = await buyer.place({ type: 'paid', quantity: 2 });
  const booking = answer.json();
  assert.equal(answer.headers['cache-control'], 'private, no-store');
  assert.equal(answer.headers['idempotency-replayed'], undefined);
  const { event_id, state, lines, quantity, total_minor, currency, extended, confirmed_at, closed_at } = booking;
  assert.deepEqual([event_id, state, quantity, total_minor, currency], [stage.eventId, 'held', 2, 5000, 'EUR']);
  assert.deepEqual(lines, [{ ticket_type_id: stage.types.paid, quantity: 2, unit_price_minor: 2500 }]);
  assert.deepEqual([extended, confirmed_at, closed_at], [false, null, null]);
  assert.ok(booking.expires_in_seconds > 0 && booking.expires_in_seconds <= 600);
  assert.equal(Date.parse(booking.expires_at) - Date.parse(booking.held_at), 600_000);
  const url = `/api/v1/bookings/${booking.id}`;
  const read = await buyer.send({ method: 'GET', url });
  assert.deepEqual({ ...read.json<object>(), expires_in_seconds: 0 }, { ...booking, expires_in_seconds: 0 });
  const other = await newBuyer(stage);
  assert.equal((await other.send({ method: 'GET', url })).statusCode, 404);
  assert.equal((await other.act(booking.id, 'release')).statusCode, 404);
});

test('a repeat is marked, and gives the booking as it then stands', async () => {
  const key = freshKey();
  const first = await buyer.place({ key });
  await buyer.act(first.json().id, 'release');
  const repeat = await buyer.place({ key });
  assert.deepEqual([repeat.statusCode, repeat.headers['idempotency-replayed']], [200, 'true']);
  assert.deepEqual([repeat.json().id, repeat.json().state, repeat.json().expires_in_seconds], [first.json().id, 'released', null]);
});

test('a sold-out type says how much is left', async () => {
  const { code, left, ticket_type_id } = (await buyer.place({ type: 'soldOut' })).json();
  assert.deepEqual([code, left, ticket_type_id], ['SALES_SOLD_OUT', 0, stage.types.soldOut]);
});

test('bad requests are refused, naming the field', async () => {
  const cases: [body: unknown, field: string][] = [
    [basket({ ticket_type_id: stage.types.unknown }), '/lines/0/ticket_type_id'],
    [basket({ ticket_type_id: 'typ_x' }), '/lines/0/ticket_type_id'],
    [basket({ quantity: 0 }), '/lines/0/quantity'],
    [basket({ quantity: -1 }), '/lines/0/quantity'],
    [basket({ quantity: 1.5 }), '/lines/0/quantity'],
    [basket({ quantity: 1e9 }), '/lines/0/quantity'],
    [basket({ price: 0 }), '/lines/0/price'],
    [{ event_id: 'evt_x', lines: [] }, '/lines'],
    [{ ...basket({}), event_id: `evt_${'z'.repeat(26)}` }, '/event_id'],
    [{ ...basket({}), access_code: "' or 1=1\0" }, '/access_code'],
    [{ event_id: stage.eventId, lines: Array.from({ length: 500 }, () => ({ ticket_type_id: stage.types.free, quantity: 1 })) }, '/lines'],
  ];
  for (const [body, field] of cases) {
    const answer = await post(body);
    assert.deepEqual([answer.statusCode, answer.json().errors?.[0]?.field], [400, field], answer.body);
  }
});

test('a ticket type nobody has made, in an event that there is, is not found', async () => {
  const strange = stage.types.free.slice(0, -1) + (stage.types.free.endsWith('0') ? '1' : '0');
  const answer = await post(basket({ ticket_type_id: strange }));
  assert.deepEqual([answer.statusCode, answer.json().ticket_type_id], [404, strange]);
});

test('without a valid session, or a sane key, nothing is booked', async () => {
  const expired = buildBuyerSessions({ serverKey: Buffer.alloc(32, 5), clock: { nowMs: () => 0 } }).issueBuyerSession(0).token;
  const forged = buildBuyerSessions({ serverKey: Buffer.alloc(32, 6), clock: { nowMs: () => 0 } }).issueBuyerSession(Date.now()).token;
  const codeOf = async (headers: Record<string, string>) => (await post(basket({}), headers)).json().code;
  assert.equal(await codeOf({ authorization: '' }), 'BUYER_SESSION_MISSING');
  assert.equal(await codeOf({ authorization: 'Basic YTpi' }), 'BUYER_SESSION_MISSING');
  assert.equal(await codeOf({ authorization: `Bearer ${forged}` }), 'BUYER_SESSION_INVALID');
  assert.equal(await codeOf({ authorization: `Bearer ${expired}` }), 'BUYER_SESSION_EXPIRED');
  assert.equal(await codeOf({ 'idempotency-key': 'a'.repeat(256) }), 'IDEMPOTENCY_KEY_INVALID');
  assert.equal(await codeOf({ 'idempotency-key': 'ä' }), 'IDEMPOTENCY_KEY_INVALID');
  const missing = await buyer.send({ method: 'POST', url: '/api/v1/bookings', body: basket({}) });
  assert.equal(missing.json().code, 'IDEMPOTENCY_KEY_MISSING');
});
