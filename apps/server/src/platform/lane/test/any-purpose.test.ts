import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailed, LaneBusy } from '../index.ts';
import { buildCounting, keepHead, openStage, POISON, step, URGENT_MAX, type CountLanes, type CountOutcome } from './counting.ts';

const QUEUE_MAX = 5;

const stage = await openStage();
after(() => stage.close());

/** Keeps the event's head until a first step is tried, so that everything after that stays in the queue. */
async function block(lanes: CountLanes, eventId: string): Promise<{ running: Promise<CountOutcome>; release(): Promise<void> }> {
  const kept = await keepHead(stage.url, eventId);
  const running = lanes.submit(eventId, step('correct'));
  while (lanes.depth() > 0 || !lanes.isBusy(eventId)) await pause(1);
  return { running, release: kept.release };
}

test('what arrives together is one batch, answered in its order; without anything to write nothing is', async () => {
  const counting = buildCounting();
  const lanes = stage.open(counting);
  const eventId = await stage.addEvent();
  const steps = [step('add', 1), step('add', 2), step('add', 0), step('add', 3)];
  const outcomes = await Promise.all(steps.map((one) => lanes.submit(eventId, one)));
  const counted = (total: number, isRepeat = false): CountOutcome => ({ kind: 'counted', total, isRepeat });
  assert.deepEqual(outcomes, [counted(1), counted(3), { kind: 'refused' }, counted(6)]);
  assert.deepEqual(await lanes.submit(eventId, steps[1]!), counted(6, true));
  assert.deepEqual(counting.batches, [['add', 'add', 'add', 'add'], ['add']]);
  assert.equal(await stage.readTotal(eventId), 6);
});

test('each batch carries the own command once, ahead of the others, also where somebody asks for it', async () => {
  const counting = buildCounting({ kind: 'tidy' });
  const lanes = stage.open(counting);
  const eventId = await stage.addEvent();
  await Promise.all([lanes.submit(eventId, step('add')), lanes.submit(eventId, step('take'))]);
  assert.deepEqual(await lanes.submit(eventId, { kind: 'tidy' }), { kind: 'tidied' });
  assert.deepEqual(counting.batches, [['tidy', 'take', 'add'], ['tidy']]);
});

test('droppable and bounded commands find an end of the queue, and others do not', async () => {
  const lanes = stage.open(buildCounting());
  const eventId = await stage.addEvent();
  const { running, release } = await block(lanes, eventId);
  const adds = Array.from({ length: QUEUE_MAX }, () => lanes.submit(eventId, step('add')));
  await assert.rejects(lanes.submit(eventId, step('add')), LaneBusy);
  const takes = Array.from({ length: URGENT_MAX }, () => lanes.submit(eventId, step('take', -1)));
  await assert.rejects(lanes.submit(eventId, step('take', -1)), LaneBusy);
  const correct = lanes.submit(eventId, step('correct', 10));
  await release();
  await Promise.all([running, correct, ...adds, ...takes]);
  assert.equal(await stage.readTotal(eventId), 1 + QUEUE_MAX - URGENT_MAX + 10);
});

test('what joins is answered as a repeat, and done once', async () => {
  const lanes = stage.open(buildCounting());
  const eventId = await stage.addEvent();
  const { running, release } = await block(lanes, eventId);
  const take = step('take', -1);
  const answers = Promise.all([lanes.submit(eventId, take), lanes.submit(eventId, take), lanes.submit(eventId, take)]);
  assert.equal(lanes.depth(), 1);
  await release();
  await running;
  assert.deepEqual(
    (await answers).map((answer) => answer.kind === 'counted' && answer.isRepeat),
    [false, true, true],
  );
  assert.equal(await stage.readTotal(eventId), 0);
});

test('the command that cannot be written stands alone in the end, and all others are done once', async () => {
  const lanes = stage.open(buildCounting(), { settings: { queueMax: 100 } });
  const eventId = await stage.addEvent();
  const steps = Array.from({ length: 30 }, (_, at) => step(at % 2 === 0 ? 'add' : 'correct', at === 17 ? POISON : 1));
  const answers = await Promise.allSettled(steps.map((one) => lanes.submit(eventId, one)));
  const failed = answers.flatMap((answer, at) => (answer.status === 'rejected' && answer.reason instanceof CommandFailed ? [at] : []));
  assert.deepEqual(failed, [17]);
  assert.equal(answers.filter((answer) => answer.status === 'fulfilled').length, 29);
  assert.equal(await stage.readTotal(eventId), 29);
});

test('an event that is not there is the answer, also where its head alone is', async () => {
  const lanes = stage.open(buildCounting());
  assert.deepEqual(await lanes.submit(crypto.randomUUID(), step('add')), { kind: 'no_event' });
  const eventId = await stage.addEvent();
  await stage.db.query('delete from counts where event_id = $1', [eventId]);
  assert.deepEqual(await lanes.submit(eventId, step('add')), { kind: 'no_event' });
});

const STEPS = 300;

/** Two purposes in one server count in one event, a few steps a batch, and each reads what the other has written. */
async function countTogether(lock?: { name: string; text: string }): Promise<number> {
  const settings = { batchMax: 3, queueMax: STEPS };
  const both = [buildCounting(), buildCounting({ kind: 'tidy' })].map((purpose) =>
    stage.open(purpose, { settings, ...(lock && { lock }) }),
  );
  const eventId = await stage.addEvent();
  await Promise.all(Array.from({ length: STEPS }, (_, at) => both[at % 2]!.submit(eventId, step('add'))));
  return stage.readTotal(eventId);
}

test('lanes of two purposes on the same heads lose nothing', async () => {
  assert.equal(await countTogether(), STEPS);
});

test('negative control: without the lock they lose steps', async () => {
  assert.ok((await countTogether({ name: 'test_no_lock', text: 'select 1 where $1::uuid is not null' })) < STEPS);
});
