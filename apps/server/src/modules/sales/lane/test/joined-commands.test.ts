import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { confirmBooking, OutcomeUnknown, releaseBooking, type BookingOutcome, type Refusal } from '../../index.ts';
import { anId, bookingIn, countKinds, hold, type EventUnderTest } from '../../test/buyers.ts';
import { keepHead, untilLanesWait } from '../../test/keep-head.ts';
import { assertSound, countStates } from '../../test/recount.ts';
import { openEvent, openSales, type SalesUnderTest } from '../../test/support.ts';

const REPEATS = 10;

const sales = await openSales({ settings: { deadlineMs: 60_000 } });
const hasty = await openSales({ url: sales.url, settings: { deadlineMs: 300 } });
after(async () => {
  await hasty.closeAll();
  await sales.closeAll();
});

/** A held booking of an event whose lane is stuck with a hold, so that everything after that stays in the queue. */
async function stickLane(lanes: SalesUnderTest) {
  const event = await openEvent(sales, [{ capacity: 100 }]);
  const { id } = bookingIn(await hold(lanes, event));
  const kept = await keepHead(sales.url, event.eventId);
  const running = Promise.allSettled([hold(lanes, event)]);
  await untilLanesWait(sales.url);
  const request = { eventId: event.eventId, bookingId: id, actor: { kind: 'organizer' }, idempotencyKey: anId() } as const;
  return { event, request, running, release: kept.release };
}

function areReplayed(outcomes: readonly (BookingOutcome | Refusal)[]): boolean[] {
  return outcomes.map((outcome) => outcome.kind === 'booking' && outcome.replayed);
}

async function countCommands(event: EventUnderTest): Promise<number> {
  return (
    await sales.db.query('select from sales.ledger_commands where event_id = $1 and kind <> $2', [event.eventId, 'create-ticket-type'])
  ).length;
}

test('the same command sent again while the lane is stuck waits as one, and all are answered', async () => {
  const { event, request, running, release } = await stickLane(sales);
  const asked = Array.from({ length: REPEATS }, () => confirmBooking(sales, { ...request, tender: 'external' }));
  assert.equal(sales.lanes.depth(), 1);
  await release();
  const outcomes = await Promise.all(asked);
  assert.deepEqual(countKinds(outcomes), { booking: REPEATS });
  assert.deepEqual(areReplayed(outcomes), [false, ...Array.from({ length: REPEATS - 1 }, () => true)]);
  assert.ok(outcomes.every((outcome) => bookingIn(outcome).state === 'confirmed'));
  await running;
  assert.equal(await countCommands(event), 1);
  await assertSound(sales.db, event.eventId);
});

test('a refusal is the answer to all who wait', async () => {
  const { request, running, release } = await stickLane(sales);
  const bookingId = anId();
  const asked = Array.from({ length: REPEATS }, () => releaseBooking(sales, { ...request, bookingId }));
  assert.equal(sales.lanes.depth(), 1);
  await release();
  assert.deepEqual(countKinds(await Promise.all(asked)), { unknown_booking: REPEATS });
  await running;
});

test('another payload under the same key, or the same under another, does not join', async () => {
  const { event, request, running, release } = await stickLane(sales);
  const first = releaseBooking(sales, request);
  const otherKey = releaseBooking(sales, { ...request, idempotencyKey: anId() });
  const otherPayload = confirmBooking(sales, { ...request, tender: 'external' });
  assert.equal(sales.lanes.depth(), 3);
  await release();
  assert.deepEqual(areReplayed([await first]), [false]);
  assert.equal((await otherPayload).kind, 'key_reused');
  await otherKey;
  await running;
  await assertSound(sales.db, event.eventId);
});

test('whoever is late is told once that the outcome is unknown; the command is executed when the head is free', async () => {
  const { event, request, running, release } = await stickLane(hasty);
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.allSettled(Array.from({ length: REPEATS }, () => releaseBooking(hasty, request)));
    assert.ok(answers.every((answer) => answer.status === 'rejected' && answer.reason instanceof OutcomeUnknown));
    assert.equal(hasty.lanes.depth(), 1, 'who asks again finds the command still waiting');
  }
  assert.deepEqual(await countStates(sales.db, event.eventId), { held: 1 });
  await release();
  await running;
  // Nobody waits for it any more.
  while (hasty.lanes.isBusy(event.eventId)) await pause(5);
  assert.equal((await countStates(sales.db, event.eventId))['released'], 1);
  assert.equal(await countCommands(event), 1);
  assert.deepEqual(areReplayed([await releaseBooking(hasty, request)]), [true]);
  await assertSound(sales.db, event.eventId);
});
