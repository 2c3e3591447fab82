import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderTicketPdf } from '../index.ts';
import { cleanText, clustersOf } from '../text/clean-text.ts';
import { readPdf } from './read-pdf.ts';
import { sampleTicket } from './samples.ts';

/** Names as people bear them. */
const NAMES = {
  latin: 'Łucja Žižková-Ångström Đặng Thị Ngọc',
  cyrillic: 'Ѓорѓи Щербаков Їжакевич',
  greek: 'Γεώργιος Παπαδόπουλος ἀρχή',
  hebrew: 'שרה כהן',
  arabic: 'محمد عبد الله',
  persian: 'پریسا گلچین',
  devanagari: 'क्षितिज श्रीवास्तव',
  thai: 'สมชาย ใจดี น้ำ',
  japanese: 'やまだ たろう 東京 髙橋',
  chinese: '欧阳娜娜 龍應台',
  korean: '김민준 서울',
  emoji: 'Ada 🎉 ❤️ 👩🏽‍🚀',
};

for (const [script, name] of Object.entries(NAMES)) {
  test(`names in ${script} are drawn with glyphs and read back`, async () => {
    const ticket = sampleTicket({ title: name, holderName: name, placeLines: [name, name] });
    for (const format of ['a4', 'phone'] as const) {
      const bytes = await renderTicketPdf([ticket], { format, locale: 'en' });
      const [page] = await readPdf(bytes, { paints: false });
      assert.ok(page !== undefined);
      const read = lettersOf(page.text);
      for (const word of name.split(' ')) assert.ok(read.includes(lettersOf(word)), `${word} in:\n${page.text}`);
      assert.ok(bytes.length < 150 * 1024, `${bytes.length} bytes`);
    }
  });
}

/** Readers bring marks and presentation selectors into orders of their own. */
function lettersOf(text: string): string {
  return text.normalize('NFC').replace(/[\s\u2060]|\ufe0f/gu, '');
}

const HOSTILE = {
  'no spaces': 'W'.repeat(200),
  'no spaces, wide': '🎉'.repeat(200),
  overrides: '\u202eevil\u202c \u2066x\u2069 \u200fy\u061c',
  'zero width': 'A\u200bd\u200ca\u200d\ufeff\u2060\u00ad',
  controls: '\u0000A\u0007d\u001b[31ma\u007f\u0085\u2028\u2029',
  'lone surrogates': 'A\ud800d\udc00a',
  'marks on marks': `Z${'\u0301\u0335\u0489'.repeat(300)}algo`,
  'no glyph': '𐎠𐎡 \u{1f9ff} \u0378 \ue000 \u{10ffff} ꙮ 𝕏 ፊደል',
  nothing: '',
  'only spaces': ' \u3000\u00a0 ',
  syntax: ')(\\<</Type>>%PDF endstream endobj</rdf:li>',
  'right to left, long': 'مرحبا بالعالم '.repeat(40),
  thai: 'สวัสดีชาวโลก'.repeat(30),
};

for (const [kind, words] of Object.entries(HOSTILE)) {
  test(`hostile words are drawn all the same: ${kind}`, async () => {
    const ticket = sampleTicket({
      title: words,
      holderName: words,
      ticketType: words,
      placeLines: [words, words, words],
      onlineUrl: words,
      bookingRef: words,
      organizer: { name: words, contact: words },
      accentColour: words,
      notes: [words, words],
    });
    for (const format of ['a4', 'phone'] as const) {
      const pages = await readPdf(await renderTicketPdf([ticket], { format, locale: 'en' }));
      assert.equal(pages.length, 1);
      assert.equal(pages[0]?.code, ticket.code);
      assert.doesNotMatch(pages[0]?.text.replaceAll('\n', '') ?? '', /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    }
  });
}

test('any words at all are a page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }), async (title, name) => {
      const bytes = await renderTicketPdf([sampleTicket({ title, holderName: name, placeLines: [title, name] })], {
        format: 'phone',
        locale: 'en',
      });
      assert.equal((await readPdf(bytes, { paints: false })).length, 1);
    }),
    { numRuns: 25 },
  );
});

test('clean text holds nothing unseen, is no longer than allowed, and clean already', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.integer({ min: 1, max: 60 }), (text, charsMax) => {
      const clean = cleanText(text, charsMax);
      assert.ok(clustersOf(clean).length <= charsMax);
      assert.doesNotMatch(clean, /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
      assert.equal(cleanText(clean, charsMax), clean);
    }),
  );
  assert.equal(cleanText('  a\r\n\tb\u202e\u0000c '), 'a bc');
  assert.equal(cleanText('abcdef', 4), 'abc…');
  assert.equal(cleanText('می‌خواهم'), 'می‌خواهم', 'a joiner between Persian letters stays');
});
