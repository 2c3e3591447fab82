import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberTickets, reachOf } from '../reach.ts';

const line = fc.record({
  ticketTypeId: fc.constantFrom('a', 'b', 'c'),
  quantity: fc.integer({ min: 1, max: 4 }),
  unitPriceMinor: fc.constant(0),
});
const lines = fc.array(line, { minLength: 1, maxLength: 4 });
const holders = fc.array(fc.record({ buyerKey: fc.constantFrom('booker', 'guest'), isValid: fc.boolean() }), { maxLength: 20 });

test('tickets are numbered from one through the lines', () => {
  fc.assert(
    fc.property(lines, (all) => {
      const tickets = numberTickets(all);
      assert.deepEqual(
        tickets.map(({ number }) => number),
        tickets.map((_, index) => index + 1),
      );
      assert.equal(
        tickets.map(({ ticketTypeId }) => ticketTypeId).join(''),
        all.map((one) => one.ticketTypeId.repeat(one.quantity)).join(''),
      );
    }),
  );
});

test('each valid ticket is in the reach of its holder alone, and of the booker before it is issued', () => {
  fc.assert(
    fc.property(lines, holders, (all, rows) => {
      const issued = new Map(rows.map((row, index) => [index + 1, { number: index + 1, ...row }]));
      const booking = { lines: all, buyerKey: 'booker' };
      const numbersOf = (buyerKey: string) => reachOf(booking, issued, [buyerKey])?.tickets.map(({ number }) => number) ?? null;
      const heldBy = (buyerKey: string) =>
        numberTickets(all).flatMap(({ number }) => {
          const { buyerKey: holder, isValid } = issued.get(number) ?? { buyerKey: 'booker', isValid: true };
          return isValid && holder === buyerKey ? [number] : [];
        });
      assert.deepEqual(numbersOf('booker'), heldBy('booker'));
      assert.deepEqual(numbersOf('guest'), heldBy('guest').length === 0 ? null : heldBy('guest'));
      assert.equal(numbersOf('stranger'), null);
      const both = reachOf(booking, issued, ['guest', 'booker'])?.tickets.map(({ number }) => number);
      assert.deepEqual(
        both,
        [...heldBy('booker'), ...heldBy('guest')].sort((one, other) => one - other),
      );
      assert.equal(reachOf(booking, issued, []), null);
    }),
  );
});
