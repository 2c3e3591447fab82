import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RushEvent } from './make-event.ts';
import { buildPromiseBook } from './promises.ts';
import { reconcile, type Reconciled } from './reconcile.ts';

const EVENT = 'evt_06yx87pvgh70apgqshydyaa2t0';
const OWN = 'bkg_06yx87pvgh70apgqshydyaa2t006yx87pvgh70apgqshydyaa2t1';
const OTHER = 'bkg_16yx87pvgh70apgqshydyaa2t006yx87pvgh70apgqshydyaa2t1';
const event: RushEvent = { id: EVENT, ticketTypeIds: [], raisePrice: async () => null, end: async () => null };

async function verdictOn(...answers: readonly Reconciled[]): Promise<{ verdict: string; broken: string[]; asked: number }> {
  const promises = buildPromiseBook();
  let asked = 0;
  const run = async (): Promise<Reconciled> => {
    const answer = answers[Math.min(asked, answers.length - 1)]!;
    asked += 1;
    return answer;
  };
  const verdict = await reconcile({ event, promises, patienceMs: 0 }, { reconcile: run });
  return { verdict, broken: promises.breaches().map(({ name }) => name), asked };
}

const report = (differences: object[]): Reconciled => ({
  kind: 'report',
  report: { differences, movements: { ours: 7, theirs: 7 }, bookings: 5, owed: { open: 0 } },
});

test('a difference in the rush’s own event breaks a promise, one in another event does not', async () => {
  const own = await verdictOn(report([{ kind: 'payment_differs', booking: OWN }]));
  assert.deepEqual([own.broken, own.verdict.startsWith('1 DIFFERENCES')], [['money_audit_clean'], true]);
  const other = await verdictOn(report([{ kind: 'payment_differs', booking: OTHER }]));
  assert.deepEqual([other.broken, other.verdict.startsWith('no difference')], [[], true]);
});

test('where it says nothing that is a broken promise, where it cannot be asked it is said', async () => {
  const silent = await verdictOn({ kind: 'none', why: 'it ended with 1: no provider' });
  assert.deepEqual([silent.broken, silent.verdict], [['money_audit_clean'], 'not to be had']);
  const promises = buildPromiseBook();
  assert.equal(await reconcile({ event, promises, patienceMs: 0 }, { reconcile: null }), 'not to be had');
  assert.deepEqual(promises.breaches(), []);
});
