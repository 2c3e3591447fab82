import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAmount, renderReceiptPdf, shortRef } from '../index.ts';
import type { ReceiptDocument } from '../index.ts';
import { readPdf } from './read-pdf.ts';
import { sampleReceipt } from './samples.ts';

async function textOf(receipt: ReceiptDocument, locale: 'en' | 'de' = 'en'): Promise<string> {
  const pages = await readPdf(await renderReceiptPdf(receipt, { locale }), { paints: false });
  return pages.map(({ text }) => text.replace(/[\u00a0\u202f]/g, ' ')).join('\n');
}

function includes(text: string, ...words: readonly string[]): void {
  for (const word of words) assert.ok(text.includes(word), `${word} in:\n${text}`);
}

test('a receipt tells everything that was sold, as it was given', async () => {
  const text = await textOf(sampleReceipt());
  includes(text, 'Receipt', 'Aurora', 'VAT DE123456789', 'Ada Lovelace', 'R-2026-000123', '2 November 2026', 'AB12-CD34');
  includes(text, 'Standing', '€49.50', '€99.00', 'Discount: FRIENDS', '-€9.90', 'Booking fee', '€3.00', 'City tax 5.25%', '€4.68');
  includes(text, '€96.78', 'Included in the total', 'VAT 7% on €83.27 net', '€5.83', 'Paid with Visa 4242, 2 November 2026');
  assert.ok(!text.includes('Paid after refunds') && !text.includes('TEST'));
});

test('an invoice with refunds, in German', async () => {
  const refunds = [
    { label: null, amountMinor: 4_950, atMs: Date.UTC(2026, 10, 9, 9) },
    { label: 'Kulanz', amountMinor: 100, atMs: Date.UTC(2026, 10, 20, 23, 30) },
  ];
  const text = await textOf(sampleReceipt({ kind: 'invoice', refunds, remainingMinor: 4_628, isTest: true, buyer: null }), 'de');
  includes(
    text,
    'Rechnung',
    'TEST',
    'es floss kein Geld',
    'Erstattet 9. November 2026',
    '-49,50 €',
    'Erstattet 21. November 2026: Kulanz',
    '46,28 €',
  );
  assert.ok(!text.includes('Ausgestellt auf'));
});

test('sums are printed, not computed: a wrong one stands as it was given', async () => {
  const text = await textOf(
    sampleReceipt({ totalMinor: 1_234_567, lines: [{ title: 'One', quantity: 3, unitPriceMinor: 100, totalMinor: 1 }] }),
  );
  includes(text, '€12,345.67', '€1.00', '€0.01');
});

test('many lines go over pages, with heads and numbers', async () => {
  const lines = Array.from({ length: 90 }, (_, index) => ({
    title: `Seat ${index}`,
    quantity: 1,
    unitPriceMinor: index,
    totalMinor: index,
  }));
  const pages = await readPdf(await renderReceiptPdf(sampleReceipt({ lines }), { locale: 'en' }), { paints: false });
  assert.ok(pages.length > 3);
  for (const [index, { text }] of pages.entries()) includes(text, `Page ${index + 1} of ${pages.length}`);
  const all = pages.map(({ text }) => text).join('\n');
  for (const { title } of lines) includes(all, title);
  const seats = pages.filter(({ text }) => text.includes('Seat'));
  assert.ok(seats.length > 2 && seats.every(({ text }) => text.includes('Unit price')));
});

test('the same receipt is the same bytes, and any words are drawn', async () => {
  const receipt = sampleReceipt({ eventTitle: 'W'.repeat(300), buyer: { name: 'محمد \u202e 東京', addressLines: ['x'.repeat(300), ''] } });
  const once = await renderReceiptPdf(receipt, { locale: 'en' });
  assert.ok(once.equals(await renderReceiptPdf(receipt, { locale: 'en' })));
  assert.ok(once.length < 150 * 1024);
});

test('amounts have the decimals of their currency', () => {
  const spaced = (text: string): string => text.replace(/\s/gu, ' ');
  assert.equal(formatAmount(1_200, 'JPY', 'en'), 'JP¥1,200');
  assert.equal(spaced(formatAmount(1_250, 'BHD', 'en')), 'BHD 1.250');
  assert.equal(spaced(formatAmount(1_250, 'BHD', 'de')), '1,250 BHD');
  assert.equal(spaced(formatAmount(1_234_500, 'HUF', 'de')), '12.345,00 HUF');
  assert.equal(spaced(formatAmount(5, 'EUR', 'de')), '0,05 €');
  assert.equal(formatAmount(-5, 'EUR', 'en'), '-€0.05');
  assert.equal(formatAmount(0, 'EUR', 'en'), '€0.00');
  assert.equal(formatAmount(Number.MAX_SAFE_INTEGER, 'EUR', 'en'), '€90,071,992,547,409.91');
});

test('no digit of an amount is lost', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom('EUR', 'JPY', 'BHD'), (minor, currency) => {
      const digits = formatAmount(minor, currency, 'en').replace(/\D/g, '');
      assert.equal(BigInt(digits), BigInt(Math.abs(minor)));
    }),
  );
});

test('long ids are shown short, short ones as they are', () => {
  assert.equal(shortRef('bkg_01kjw8x9v3e8aa7m2zq5r4t6yb01kjw8x9v3e8aa7m2zq5r4t6yb'), 'Q5R4-T6YB');
  assert.equal(shortRef('AB12-CD34'), 'AB12-CD34');
});
