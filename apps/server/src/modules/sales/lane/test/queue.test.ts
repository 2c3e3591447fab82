import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ClientGone, confirmBooking, LaneBusy, OutcomeUnknown, releaseBooking } from '../../index.ts';
import { anId, bookingIn, countKinds, hold, type EventUnderTest, type Wish } from '../../test/buyers.ts';
import { keepHead, untilLanesWait } from '../../test/keep-head.ts';
import { assertSound, countStates } from '../../test/recount.ts';
import { openEvent, openSales } from '../../test/support.ts';

const QUEUE_MAX = 5;
const DEADLINE_MS = 500;

const sales = await openSales();
const small = await openSales({ url: sales.url, settings: { queueMax: QUEUE_MAX } });
const hasty = await openSales({ url: sales.url, settings: { deadlineMs: DEADLINE_MS } });
const oneByOne = await openSales({ url: sales.url, settings: { batchMax: 1 } });
after(async () => {
  await Promise.all([small.closeAll(), hasty.closeAll(), oneByOne.closeAll()]);
  await sales.closeAll();
});

const anEvent = (): Promise<EventUnderTest> => openEvent(sales, [{ capacity: 1_000 }]);
const isRejectedWith = (kind: typeof LaneBusy | typeof OutcomeUnknown | typeof ClientGone) => (answer: PromiseSettledResult<unknown>) =>
  answer.status === 'rejected' && answer.reason instanceof kind;

/** Keeps the event's head until a first hold waits for it, so that everything after that stays in the queue. */
async function blockLane(lanes: typeof sales, event: EventUnderTest, wish: Wish = {}) {
  const kept = await keepHead(sales.url, event.eventId);
  const running = hold(lanes, event, wish);
  // It may be answered before anyone looks at it.
  running.catch(() => {});
  await untilLanesWait(sales.url);
  return { running, release: kept.release };
}

describe('a queue has an end', () => {
  test('holds beyond it are refused at once, and nothing of them is written', async () => {
    const event = await anEvent();
    const lane = await blockLane(small, event);
    const waiting = Array.from({ length: QUEUE_MAX }, () => hold(small, event));
    const beyond = await Promise.allSettled(Array.from({ length: 20 }, () => hold(small, event)));
    assert.ok(beyond.every(isRejectedWith(LaneBusy)));
    const [first] = beyond;
    assert.ok(first?.status === 'rejected' && first.reason.retryAfterSeconds >= 1);
    assert.equal(small.lanes.depth(), QUEUE_MAX);
    await lane.release();
    assert.deepEqual(countKinds(await Promise.all([lane.running, ...waiting])), { booking: QUEUE_MAX + 1 });
    assert.deepEqual(await countStates(sales.db, event.eventId), { held: QUEUE_MAX + 1 });
  });

  test('what is not a hold is never refused', async () => {
    const event = await anEvent();
    const held = await Promise.all(Array.from({ length: 40 }, () => hold(sales, event)));
    const lane = await blockLane(small, event);
    const waiting = Array.from({ length: QUEUE_MAX }, () => hold(small, event));
    const actor = { kind: 'organizer' } as const;
    const urgent = held.map((outcome, at) => {
      const request = { eventId: event.eventId, bookingId: bookingIn(outcome).id, actor, idempotencyKey: anId() };
      return at % 2 === 0 ? releaseBooking(small, request) : confirmBooking(small, { ...request, tender: 'external' });
    });
    await assert.rejects(hold(small, event), LaneBusy);
    await lane.release();
    assert.deepEqual(countKinds(await Promise.all(urgent)), { booking: 40 });
    await Promise.all([lane.running, ...waiting]);
    assert.deepEqual(await countStates(sales.db, event.eventId), { held: QUEUE_MAX + 1, released: 20, confirmed: 20 });
    await assertSound(sales.db, event.eventId);
  });

  test('one event that is full does not fill the others', async () => {
    const event = await anEvent();
    const lane = await blockLane(small, event);
    const waiting = Array.from({ length: QUEUE_MAX }, () => hold(small, event));
    await assert.rejects(hold(small, event), LaneBusy);
    assert.equal((await hold(small, await anEvent())).kind, 'booking');
    await lane.release();
    await Promise.all([lane.running, ...waiting]);
  });
});

test('what gives stock back or is paid goes first, also where it came last', async () => {
  const event = await anEvent();
  const held = bookingIn(await hold(sales, event));
  const paid = bookingIn(await hold(sales, event));
  const lane = await blockLane(oneByOne, event);
  const later = Array.from({ length: 5 }, () => hold(oneByOne, event));
  const actor = { kind: 'organizer' } as const;
  const release = releaseBooking(oneByOne, { eventId: event.eventId, bookingId: held.id, actor, idempotencyKey: anId() });
  const confirm = confirmBooking(oneByOne, {
    eventId: event.eventId,
    bookingId: paid.id,
    actor,
    idempotencyKey: anId(),
    tender: 'external',
  });
  await lane.release();
  await Promise.all([lane.running, release, confirm, ...later]);
  const kinds = await sales.db.queryRows('select kind from sales.ledger where event_id = $1 and ticket_type_id is not null order by seq', [
    event.eventId,
  ]);
  // The capacity, two holds, the hold that was running, and only then the two that came last before the five.
  assert.deepEqual(kinds.flat().slice(4, 6), ['release', 'confirm']);
});

describe('a hold is dropped unexecuted', () => {
  test('when it has waited past its deadline; what is not a hold is still executed', async () => {
    const event = await anEvent();
    const held = bookingIn(await hold(sales, event));
    const wish = { buyerKey: anId(), idempotencyKey: anId() };
    const lane = await blockLane(hasty, event, wish);
    const late = Array.from({ length: 10 }, () => hold(hasty, event));
    const request = { eventId: event.eventId, bookingId: held.id, actor: { kind: 'organizer' }, idempotencyKey: anId() } as const;
    const release = releaseBooking(hasty, request);
    const answers = await Promise.allSettled([...late, release, lane.running]);
    assert.ok(answers.slice(0, 10).every(isRejectedWith(LaneBusy)), 'late holds were never begun: nothing was booked');
    assert.ok(answers.slice(10).every(isRejectedWith(OutcomeUnknown)), 'whose fate is open is told so');
    await lane.release();
    const repeat = await releaseBooking(hasty, request);
    assert.ok(repeat.kind === 'booking' && repeat.booking.state === 'released', 'the repeat tells the truth');
    const again = await hold(hasty, event, wish);
    const states = await countStates(sales.db, event.eventId);
    assert.deepEqual(states, { released: 1, held: 1 }, `the late holds left nothing; ${again.kind}`);
    await assertSound(sales.db, event.eventId);
  });

  test('when its client has gone', async () => {
    const event = await anEvent();
    const lane = await blockLane(sales, event);
    let isGone = false;
    const gone = Promise.allSettled(Array.from({ length: 10 }, () => hold(sales, event, { isGone: () => isGone })));
    const stays = hold(sales, event);
    isGone = true;
    await lane.release();
    assert.ok((await gone).every(isRejectedWith(ClientGone)));
    assert.deepEqual(countKinds(await Promise.all([lane.running, stays])), { booking: 2 });
    assert.deepEqual(await countStates(sales.db, event.eventId), { held: 2 });
  });
});

describe('a server that closes', () => {
  test('finishes what has begun, and refuses new holds', async () => {
    const event = await anEvent();
    const closing = await openSales({ url: sales.url });
    const pending = Array.from({ length: 50 }, () => hold(closing, event));
    const closed = closing.close(2_000);
    await assert.rejects(hold(closing, event), LaneBusy);
    assert.deepEqual(countKinds(await Promise.all(pending)), { booking: 50 });
    await closed;
    await closing.db.close();
    assert.deepEqual(await countStates(sales.db, event.eventId), { held: 50 });
  });

  test('does not wait longer than its grace for an event that is stuck, and answers everyone', async () => {
    const event = await anEvent();
    const closing = await openSales({ url: sales.url });
    const lane = await blockLane(closing, event);
    const waiting = Array.from({ length: 5 }, () => hold(closing, event));
    const settled = Promise.allSettled([lane.running, ...waiting]);
    const closed = closing.close(200);
    const answers = await settled;
    assert.ok(isRejectedWith(OutcomeUnknown)(answers[0]!));
    assert.ok(answers.slice(1).every(isRejectedWith(LaneBusy)));
    assert.equal(await Promise.race([closed.then(() => 'closed'), pause(5_000, 'still open', { ref: false })]), 'closed');
    await lane.release();
    await closing.db.close();
    assert.deepEqual(await countStates(sales.db, event.eventId), {}, 'what was refused is not booked later');
  });
});
