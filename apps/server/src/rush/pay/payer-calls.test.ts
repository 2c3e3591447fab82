import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartProblem } from '../../platform/start-problem.ts';
import { billIn } from './payer-calls.ts';

const intent = { ref: 'sbi_1', client_secret: 's', pay_url: 'http://127.0.0.1:20001/pay/sbi_1?secret=s', state: 'open' };

test('what is to be paid and where is read from the answer', () => {
  assert.deepEqual(billIn({ is_sandbox: true, intent }), { ref: 'sbi_1', clientSecret: 's', origin: 'http://127.0.0.1:20001' });
  for (const body of [null, {}, { is_sandbox: true, intent: null }, { is_sandbox: true, intent: { ...intent, ref: 1 } }]) {
    assert.equal(billIn(body), null);
  }
});

test('at a provider that moves money nothing is paid', () => {
  assert.throws(() => billIn({ is_sandbox: false, intent }), StartProblem);
  assert.throws(() => billIn({ intent }), StartProblem);
});
