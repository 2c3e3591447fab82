import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, test } from 'node:test';
import { countOf, offsetOf } from '../support/counts.ts';
import { HURTS } from './support/money-path/hurts.ts';
import { POINTS, type Point } from './support/money-path/points.ts';
import { checkMoney } from './support/money-path/check-money.ts';
import { checkReconcile } from './support/money-path/check-product.ts';
import { runInPeace, runPoint, type Ended } from './support/money-path/run-point.ts';
import { openStage, VICTIMS, type Victim } from './support/money-path/stage.ts';
import { tableOf } from './support/money-path/table.ts';

/**
 * Kills the API, the provider or PostgreSQL between every two steps of the path from a hold to its tickets, its refund, its expiry or
 * its dispute; also one of two servers. Every booking that was paid ends with its tickets or with its money, every other one gives its
 * stock back, and the provider, the ledger and the tickets tell the same of it.
 */
type Kill = { point: Point; victim: Victim };
/** In an order that mixes points and victims, and is always the same: any share in a row has its part of both. */
const KILLS: readonly Kill[] = POINTS.flatMap((point) => VICTIMS.map((victim) => ({ point, victim }))).toSorted((a, b) =>
  placeOf(a) < placeOf(b) ? -1 : 1,
);
const NEEDS_TWO: Victim = 'one of two servers';

const stage = await openStage();
after(() => stage.close());

const count = countOf('kills on the path of money', KILLS.length);
const offset = offsetOf('kills on the path of money', KILLS.length);
const chosen = Array.from({ length: count }, (_, at) => KILLS[(offset + at) % KILLS.length]!)
  // The second server is started and stopped once.
  .toSorted((a, b) => Number(a.victim === NEEDS_TWO) - Number(b.victim === NEEDS_TWO));
const ends = new Map<Kill, Ended>();

function placeOf({ point, victim }: Kill): string {
  return hash('sha256', `${point.story} ${point.between.join(' ')} ${victim}`, 'hex');
}

for (const kill of chosen) {
  const { point, victim } = kill;
  const [before, behind] = point.between;
  test(`${point.story}: ${victim} killed between "${before}" and "${behind}"`, { timeout: 240_000 }, async (context) => {
    const ended = await runPoint(stage, point, victim);
    ends.set(kill, ended);
    context.diagnostic(`${ended.as} ${(ended.tookMs / 1000).toFixed(1)} s after the kill`);
  });
}

test('the provider and the ledger agree about all of them', async (context) => {
  const { bookings, movements } = await checkReconcile(stage);
  context.diagnostic(`${String(bookings)} bookings, movements ${JSON.stringify(movements)}: no difference`);
});

test('what each kill ended as', () => {
  process.stdout.write(`${tableOf(chosen.map((kill) => ({ ...kill, ended: ends.get(kill) })))}\n`);
  assert.equal(ends.size, chosen.length);
});

// Last, since what they hurt stays hurt.
for (const [hurt, doIt] of Object.entries(HURTS)) {
  test(`control: it is seen when ${hurt}`, async () => {
    const told = await runInPeace(stage, 'paid');
    assert.equal(await checkMoney(told), 'confirmed');
    await doIt(told);
    await assert.rejects(checkMoney(told), assert.AssertionError);
  });
}

test('control: reconcile sees what was hurt', () => assert.rejects(checkReconcile(stage), /differ/));
