import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizeEmail, parseEmail } from './email.ts';

test('a mailbox has one address, however its domain is written', () => {
  const forms = [
    'kate@example.org',
    'kate@EXAMPLE.org',
    'kate@example.org.',
    'kate@ex\u00adample.org',
    'kate@ｅｘａｍｐｌｅ.org',
    'kate@example。org',
  ];
  for (const form of forms) assert.equal(parseEmail(form), 'kate@example.org', form);
  assert.equal(parseEmail('kate@bücher.example'), 'kate@xn--bcher-kva.example');
  assert.equal(parseEmail('Kate@example.org'), 'Kate@example.org', 'what stands before the @ is the mailbox’s own');
  assert.equal(normalizeEmail('Kate@example.org'), normalizeEmail('kate@example.org'));
});

test('what is no address, or hides something, is refused', () => {
  for (const text of ['kate', '@example.org', 'kate@', 'kate@.', 'ka\u202ete@example.org', 'ka\u200bte@example.org', 'kate@exa mple.org']) {
    assert.throws(() => parseEmail(text), { code: 'REQUEST_INVALID' }, text);
  }
});
