import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makesTests, mayTouch, type Actor } from './actor.ts';

test('a test key touches test events alone; everybody else touches both, and makes none', () => {
  const key = (isTest: boolean, personId: string | null): Actor => ({ kind: 'key', keyId: 'k', isTest, personId });
  for (const actor of [key(true, null), key(true, 'p')]) {
    assert.deepEqual([mayTouch(actor, { isTest: true }), mayTouch(actor, { isTest: false }), makesTests(actor)], [true, false, true]);
  }
  for (const actor of [key(false, null), key(false, 'p'), { kind: 'person', personId: 'p' }, { kind: 'platform' }] as const) {
    assert.deepEqual([mayTouch(actor, { isTest: true }), mayTouch(actor, { isTest: false }), makesTests(actor)], [true, true, false]);
  }
});
