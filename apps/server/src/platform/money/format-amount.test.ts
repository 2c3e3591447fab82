import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAmount, minorDigits } from './index.ts';

const spaced = (text: string): string => text.replace(/\s/gu, ' ');

test('decimals are those of ISO 4217, also where Intl knows others', () => {
  const digits = { EUR: 2, JPY: 0, BHD: 3, CLF: 4, UYW: 4, HUF: 2, IDR: 2, COP: 2, ALL: 2, IQD: 3, KRW: 0, MGA: 2, XOF: 0, ZZZ: 2 };
  for (const [currency, expected] of Object.entries(digits)) assert.equal(minorDigits(currency), expected, currency);
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency: 'HUF' }).resolvedOptions();
  assert.equal(maximumFractionDigits, 0, 'Intl says otherwise: else the table could be left out');
});

test('amounts are written with their decimals', () => {
  assert.equal(formatAmount(1_234_500, 'HUF', 'en').replace(/\s/u, ' '), 'HUF 12,345.00');
  assert.equal(spaced(formatAmount(1_234_500, 'HUF', 'de-DE')), '12.345,00 HUF');
  assert.equal(spaced(formatAmount(1_234_500, 'IQD', 'en')), 'IQD 1,234.500');
  assert.equal(spaced(formatAmount(5, 'ALL', 'en')), 'ALL 0.05');
  assert.equal(formatAmount(1_800, 'JPY', 'en'), '¥1,800');
  assert.equal(spaced(formatAmount(-12_345, 'CLF', 'en')), '-CLF 1.2345');
});

test('no digit of an amount is lost, in any currency that there is', () => {
  const currencies = [...Intl.supportedValuesOf('currency'), 'ZZZ'];
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom(...currencies), (minor, currency) => {
      const digits = formatAmount(minor, currency, 'en').replace(/\D/g, '');
      assert.equal(BigInt(digits), BigInt(Math.abs(minor)));
    }),
  );
});
