import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { renderTicketPdf, type TicketFormat } from '../index.ts';
import { readPdf } from './read-pdf.ts';
import { codeOf, sampleTicket } from './samples.ts';

const FORMATS: readonly TicketFormat[] = ['a4', 'phone'];
const SIZES = { a4: [595.28, 841.89], phone: [360, 780] };
/** What a ticket without a picture may weigh in a mail. */
const BYTES_MAX = 150 * 1024;

for (const format of FORMATS) {
  test(`a ticket can be read by another program: ${format}`, async () => {
    const ticket = sampleTicket();
    const [page, ...others] = await readPdf(await renderTicketPdf([ticket], { format, locale: 'en' }));
    assert.ok(page !== undefined && others.length === 0);
    assert.deepEqual([page.widthPt, page.heightPt], SIZES[format]);
    assert.equal(page.code, ticket.code);
    for (const words of ['Nachtmusik am Fluss', 'Saturday, 12 December 2026', '20:00 – 23:30 CET', 'Doors 19:00', 'Alte Münze, Saal 2']) {
      assert.ok(page.text.includes(words), `${words} in:\n${page.text}`);
    }
    for (const words of ['Ada Lovelace', 'Standing', '€49.50', 'Q5R4-T6YB', '1 of 2', 'Aurora']) {
      assert.ok(page.text.includes(words), `${words} in:\n${page.text}`);
    }
    assert.ok(!page.text.includes('TEST'));
  });

  test(`codes of 150 to 300 characters scan: ${format}`, async () => {
    for (const length of [150, 200, 230, 265, 300]) {
      for (const code of [codeOf(length, length), codeOf(length, length).toUpperCase().replaceAll('_', '$')]) {
        const [page] = await readPdf(await renderTicketPdf([sampleTicket({ code })], { format, locale: 'en' }));
        assert.equal(page?.code, code, `${length} characters`);
      }
    }
  });

  test(`ten tickets are ten pages, each with its own code: ${format}`, async () => {
    const tickets = Array.from({ length: 10 }, (_, index) =>
      sampleTicket({ number: index + 1, of: 10, code: codeOf(220, index + 1), holderName: `Holder ${index + 1}` }),
    );
    const bytes = await renderTicketPdf(tickets, { format, locale: 'de' });
    const pages = await readPdf(bytes);
    assert.deepEqual(
      pages.map(({ code }) => code),
      tickets.map(({ code }) => code),
    );
    for (const [index, { text }] of pages.entries()) {
      assert.ok(text.includes(`Holder ${index + 1}`) && text.includes(`${index + 1} von 10`));
    }
    assert.ok(bytes.length < 10 * BYTES_MAX);
  });

  test(`a ticket of the sandbox says so, in words: ${format}`, async () => {
    for (const [locale, words] of [
      ['en', 'no money moved'],
      ['de', 'es floss kein Geld'],
    ] as const) {
      const [page] = await readPdf(await renderTicketPdf([sampleTicket({ isTest: true })], { format, locale }));
      assert.ok(page?.text.includes('TEST'));
      assert.ok(page?.text.includes(words));
      assert.equal(page?.code, sampleTicket().code, 'and the mark does not cover the code');
    }
  });

  test(`pictures are shown, and broken ones are left out: ${format}`, async () => {
    const png = drawn('image/png');
    const jpeg = drawn('image/jpeg');
    const plain = await renderTicketPdf([sampleTicket()], { format, locale: 'en' });
    const pictured = await renderTicketPdf([sampleTicket()], { format, locale: 'en', picture: jpeg, logo: png });
    assert.ok(pictured.length > plain.length + 1_000);
    const [page] = await readPdf(pictured);
    assert.equal(page?.code, sampleTicket().code);
    for (const picture of brokenPictures(png, jpeg)) {
      const bytes = await renderTicketPdf([sampleTicket()], { format, locale: 'en', picture, logo: picture });
      assert.ok(bytes.equals(plain), 'as if there were none');
    }
  });
}

test('the same ticket is the same bytes, another one is not', async () => {
  const tickets = [sampleTicket(), sampleTicket({ number: 2, holderName: 'שרה 東京 สวัสดี', isTest: true })];
  const once = await renderTicketPdf(tickets, { format: 'a4', locale: 'en' });
  await renderTicketPdf([sampleTicket({ title: 'Ελλάδα' })], { format: 'a4', locale: 'en' });
  assert.ok(once.equals(await renderTicketPdf(tickets, { format: 'a4', locale: 'en' })));
  assert.ok(!once.equals(await renderTicketPdf([...tickets].reverse(), { format: 'a4', locale: 'en' })));
});

test('times are those of clocks at the event, with an end on another day', async () => {
  const days = { startsAtMs: Date.UTC(2026, 6, 3, 23, 30), endsAtMs: Date.UTC(2026, 6, 6, 2), doorsAtMs: null };
  const [page] = await readPdf(
    await renderTicketPdf([sampleTicket({ ...days, timeZone: 'America/New_York' })], { format: 'a4', locale: 'de' }),
    {
      paints: false,
    },
  );
  for (const words of ['Freitag, 3. Juli 2026', '19:30 GMT-4', 'bis Sonntag, 5. Juli 2026, 22:00']) {
    assert.ok(page?.text.includes(words), `${words} in:\n${page?.text}`);
  }
  assert.ok(!page?.text.includes('Einlass 1'));
});

test('a ticket that costs nothing, is held by nobody and takes place online', async () => {
  const ticket = sampleTicket({ priceMinor: 0, holderName: null, placeLines: [], onlineUrl: 'https://stream.example/live' });
  const [page] = await readPdf(await renderTicketPdf([ticket], { format: 'a4', locale: 'en' }), { paints: false });
  for (const words of ['Free', 'Whoever holds this ticket', 'Online', 'https://stream.example/live'])
    assert.ok(page?.text.includes(words), words);
});

test('what pages cost', async (context) => {
  const options = { format: 'a4', locale: 'en' } as const;
  const sizes: number[] = [];
  const began = performance.now();
  for (let index = 0; index < 20; index += 1) {
    sizes.push((await renderTicketPdf([sampleTicket({ code: codeOf(220, index), holderName: `Ada ${index}` })], options)).length);
  }
  context.diagnostic(`${((performance.now() - began) / 20).toFixed(1)} ms and ${Math.max(...sizes)} bytes a ticket`);
  assert.ok(Math.max(...sizes) < BYTES_MAX);
});

function drawn(type: 'image/png' | 'image/jpeg'): Buffer {
  const canvas = createCanvas(120, 60);
  const context = canvas.getContext('2d');
  for (let x = 0; x < 120; x += 2) {
    context.fillStyle = `rgb(${x * 2}, ${(x * 37) % 255}, ${(x * 91) % 255})`;
    context.fillRect(x, (x * 7) % 30, 2, 30);
  }
  return type === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg', 80);
}

function brokenPictures(png: Buffer, jpeg: Buffer): Buffer[] {
  const torn = Buffer.from(png);
  torn.fill(0x55, 60, torn.length - 30);
  const wide = Buffer.from(png);
  wide.writeUInt32BE(0x7fffffff, 16);
  const endless = Buffer.from(png);
  endless.writeUInt32BE(0xfffffff0, 33);
  return [
    Buffer.alloc(0),
    Buffer.from('GIF89a'),
    png.subarray(0, 50),
    png.subarray(0, png.length - 12),
    torn,
    wide,
    endless,
    jpeg.subarray(0, 12),
  ];
}
