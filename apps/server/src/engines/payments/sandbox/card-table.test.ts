import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from '../../../../../../test/support/repository.ts';
import { BY_AMOUNT, CARDS, findCard } from './cards.ts';

test('every card is in the table of docs/sandbox.md, and no other', () => {
  const text = readFileSync(join(repository, 'docs/sandbox.md'), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| `\w+` \| `\d{16}` \|/.test(line));
  const expected = CARDS.map((card) => {
    return `| \`${card.name}\` | \`${card.number}\` | ${String(card.amountEnds).padStart(2, '0')} | ${card.meaning} |`;
  });
  assert.deepEqual(rows, expected);
  assert.ok(text.includes(`\`${BY_AMOUNT.name}\` (\`${BY_AMOUNT.number}\`)`));
});

test('names, numbers and amounts are each of one card, and numbers pass the check of forms', () => {
  for (const property of ['name', 'number', 'amountEnds'] as const) {
    assert.equal(new Set(CARDS.map((card) => card[property])).size, CARDS.length, property);
  }
  for (const { number } of [...CARDS, BY_AMOUNT]) assert.equal(luhnSum(number) % 10, 0, number);
});

function luhnSum(number: string): number {
  const digits = [...number].reverse().map(Number);
  return digits.reduce((sum, digit, index) => sum + (index % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
}

test('a card is found by name and number, by the amount where none is sent, and real cards are not found', () => {
  for (const card of CARDS) {
    const spaced = card.number.replaceAll(/(\d{4})/g, '$1 ');
    for (const sent of [card.name, card.number, spaced]) assert.equal(findCard(sent, 101), card);
    for (const sent of [null, '', ' ', BY_AMOUNT.name, BY_AMOUNT.number])
      assert.equal(findCard(sent, 7_700 + (card.amountEnds ?? 0)), card);
  }
  assert.equal(findCard(null, 5_099)?.name, 'success');
  assert.equal(findCard('success', 5_001)?.name, 'success');
  for (const sent of ['4929123412341234', 'constructor', '__proto__', 'Success', '42424242424242420'])
    assert.equal(findCard(sent, 5_000), null);
});
