import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatRow } from './format-csv.ts';

const cellOf = (cell: string): string => {
  const text = formatRow([cell]).slice(0, -2);
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
};

test('a row is cells, quoted where they must be', () => {
  assert.equal(formatRow(['a', 1.5, null, 'b,c', 'd"e', 'f\ng', '']), 'a,1.5,,"b,c","d""e","f\ng",\r\n');
  assert.equal(formatRow([-3]), '-3\r\n', 'a number is a number');
});

test('no text begins as a formula, and nothing of it is lost', () => {
  const sign = fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠');
  const hidden = fc.constantFrom('', ' ', '\u00a0', '\u200b', '\ufeff', '\t', '\r', '\u202e', '\0');
  fc.assert(
    fc.property(hidden, sign, fc.string({ unit: 'binary' }), (before, begin, rest) => {
      assert.equal(cellOf(before + begin + rest), `'${before}${begin}${rest}`);
    }),
  );
  for (const text of ['\tx', '\rx', '\nx']) assert.equal(cellOf(text), `'${text}`);
});

test('other texts stay as they are, and a reader finds the same cells again', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zÀ-ɏЀ-ӿ一-鿿"',;\n\r 0-9]*$/), { minLength: 1 }), (cells) => {
      const plain = cells.filter((cell) => !/^[\r\n]/.test(cell));
      assert.deepEqual(plain.map(cellOf), plain);
    }),
  );
});
