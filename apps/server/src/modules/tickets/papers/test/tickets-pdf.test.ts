import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readPdf, type ReadPage } from '../../documents/test/read-pdf.ts';
import { openShop, PLATFORM, type Show, type Shop } from './support.ts';

let shop: Shop;
let show: Show;
before(async () => {
  shop = await openShop();
  show = await shop.newShow({}, [
    { name: 'Free', price_minor: 0, capacity: 5_000, booking_max: 1_000 },
    { name: 'Seat', price_minor: 1_250, capacity: 100 },
  ]);
  await shop.organize('PATCH', '/profile', {
    contact_email: 'hello@aurora.example',
    imprint: 'Aurora GmbH\nMolkenmarkt 2',
    terms: 'No flash, please.',
  });
});
after(() => shop.close());

const book = (token: string, quantities: readonly number[]): Promise<string> => shop.hold(token, show, quantities, { confirm: true });
const idOf = (bookingId: string, number: number): string => `${bookingId.replace('bkg', 'tkt')}${String(number).padStart(3, '0')}`;

async function pagesOf(path: string, token: string, paints = true): Promise<ReadPage[]> {
  const answer = await shop.fetch(path, token);
  assert.equal(answer.status, 200, `${path}: ${answer.status}`);
  return readPdf(new Uint8Array(await answer.arrayBuffer()), { paints });
}

async function refusalOf(path: string, token: string | null): Promise<{ status: number; code: string; detail: string }> {
  const answer = await shop.fetch(path, token);
  const { code, detail } = (await answer.json()) as { code: string; detail: string };
  return { status: answer.status, code, detail };
}

async function codesOf(token: string, bookingId: string): Promise<(string | null)[]> {
  const { data } = (await shop.ask('GET', `/bookings/${bookingId}/tickets`, token)) as { data: { code: string | null }[] };
  return data.map(({ code }) => code);
}

/** Passes a ticket on to a buyer who is new. */
async function passOn(token: string, ticketId: string): Promise<string> {
  const offered = await shop.ask('POST', `/tickets/${ticketId}/transfer`, token, {});
  const friend = await shop.newBuyer();
  await shop.ask('POST', '/ticket-transfers/accept', friend, { token: offered['token'] });
  return friend;
}

test('tickets are a page each, with what is known of them', async () => {
  const buyer = await shop.newBuyer();
  const bookingId = await book(buyer, [2]);
  await shop.ask('PUT', `/bookings/${bookingId}/attendees`, buyer, { tickets: [{ number: 2, name: 'Žofie Nováková' }] });
  const pages = await pagesOf(`/bookings/${bookingId}/tickets.pdf?locale=de`, buyer);
  assert.deepEqual(
    pages.map(({ code }) => code),
    await codesOf(buyer, bookingId),
  );
  for (const words of [
    'Nachtmusik am Fluß',
    'Samstag, 12. Dezember 2099',
    '20:00 – 23:30',
    'Alte Münze, Saal 2',
    'Aurora',
    'hello@aurora.example',
  ]) {
    assert.ok(pages[0]?.text.includes(words), `${words} in:\n${pages[0]?.text}`);
  }
  for (const words of ['Free', 'Kostenlos', 'Žofie Nováková', '2 von 2', 'No flash, please.'])
    assert.ok(pages[1]?.text.includes(words), words);
  assert.ok(!pages[0]?.text.includes('Žofie'));
  assert.ok(!pages[0]?.text.includes('TEST'), 'a free ticket is no test');
});

test('the file says what it is, to programs old and new, and is nobody else’s', async () => {
  const buyer = await shop.newBuyer();
  const bookingId = await book(buyer, [1]);
  const { headers, status } = await shop.fetch(`/bookings/${bookingId}/tickets.pdf`, buyer);
  assert.equal(status, 200);
  assert.equal(headers.get('content-type'), 'application/pdf');
  assert.equal(headers.get('cache-control'), 'private, no-store');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  const disposition = headers.get('content-disposition') ?? '';
  const [, ascii, encoded = ''] = /^attachment; filename="(tickets-\w{4}-\w{4}\.pdf)"; filename\*=UTF-8''(\S+)$/.exec(disposition) ?? [];
  assert.ok(ascii, disposition);
  assert.match(decodeURIComponent(encoded), /^Nachtmusik am Fluß – 夜の音楽 – Tickets \w{4}-\w{4}\.pdf$/);
  assert.equal(
    (await shop.fetch(`/bookings/${bookingId}/tickets.pdf`, buyer, 'HEAD' as 'GET')).status,
    404,
    'nothing is printed to be thrown away',
  );
});

test('strangers are told of nothing, and who has nothing yet is told so', async () => {
  const [buyer, stranger] = [await shop.newBuyer(), await shop.newBuyer()];
  const bookingId = await book(buyer, [1]);
  for (const path of [
    `/bookings/${bookingId}/tickets.pdf`,
    `/tickets/${idOf(bookingId, 1)}/pdf`,
    `/bookings/${bookingId}/receipt.pdf`,
    `/bookings/${bookingId}/calendar.ics`,
  ]) {
    assert.equal((await refusalOf(path, stranger)).status, 404, path);
    assert.equal((await refusalOf(path, null)).status, 401, path);
  }
  const held = await shop.hold(buyer, show, [1]);
  for (const path of ['tickets.pdf', 'receipt.pdf', 'calendar.ics']) {
    assert.equal((await refusalOf(`/bookings/${held}/${path}`, buyer)).code, 'TICKETS_NOTHING_TO_PRINT', path);
  }
});

test('a ticket that was passed on is printed by who has it, without its price', async () => {
  const buyer = await shop.newBuyer();
  const bookingId = await shop.buy(buyer, { ...show, types: show.types.slice(1) }, [3]);
  const friend = await passOn(buyer, idOf(bookingId, 2));
  const own = await pagesOf(`/bookings/${bookingId}/tickets.pdf`, buyer);
  assert.deepEqual(
    own.map(({ code }) => code),
    (await codesOf(buyer, bookingId)).filter((code) => code !== null),
  );
  assert.ok(own.length === 2 && own.every(({ text }) => text.includes('€12.50') && text.includes('no money moved')));
  const theirs = await pagesOf(`/bookings/${bookingId}/tickets.pdf`, friend);
  assert.deepEqual(
    theirs.map(({ code }) => code),
    await codesOf(friend, bookingId),
  );
  assert.ok(theirs[0]?.text.includes('2 of 3') && !theirs[0].text.includes('€12.50'));
  const path = `/tickets/${idOf(bookingId, 2)}/pdf?format=phone`;
  assert.equal((await pagesOf(path, friend))[0]?.code, theirs[0]?.code);
  assert.equal((await refusalOf(path, buyer)).code, 'TICKETS_NOTHING_TO_PRINT', 'who booked it sees it, and has no code of it');
  assert.equal(
    (await refusalOf(`/bookings/${bookingId}/receipt.pdf`, friend)).status,
    404,
    'what was paid is not told to who has a ticket',
  );
});

test('a large booking is printed in parts', async (context) => {
  const buyer = await shop.newBuyer();
  const bookingId = await book(buyer, [450]);
  const path = `/bookings/${bookingId}/tickets.pdf`;
  const refusal = await refusalOf(path, buyer);
  assert.deepEqual([refusal.status, refusal.code], [422, 'TICKETS_TOO_MANY_TO_PRINT']);
  assert.match(refusal.detail, /to=200 first, then from=201/);
  const began = performance.now();
  const part = await pagesOf(`${path}?from=201&to=400`, buyer, false);
  context.diagnostic(`200 tickets over HTTP, read back: ${(performance.now() - began).toFixed(0)} ms`);
  assert.equal(part.length, 200);
  assert.ok(part[0]?.text.includes('201 of 450') && part[199]?.text.includes('400 of 450'));
  assert.equal((await pagesOf(`${path}?from=401`, buyer, false)).length, 50);
  assert.equal((await refusalOf(`${path}?from=451`, buyer)).code, 'TICKETS_NOTHING_TO_PRINT');
  assert.equal((await refusalOf(`${path}?from=0`, buyer)).code, 'REQUEST_INVALID');
});

test('who sells prints the tickets of any booking of its events, and that is kept', async () => {
  const buyer = await shop.newBuyer();
  const bookingId = await book(buyer, [2]);
  const its = `/organizations/${shop.organizationId}/events/${show.eventId}/bookings/${bookingId}`;
  const pages = await pagesOf(`${its}/tickets.pdf`, PLATFORM);
  assert.deepEqual(
    pages.map(({ code }) => code),
    await codesOf(buyer, bookingId),
  );
  const { data } = (await shop.organize('GET', '/actions')) as { data: { what: string; after: unknown }[] };
  assert.deepEqual(data.find(({ what }) => what === 'tickets.printed')?.after, { booking_id: bookingId });
  const other = await shop.newShow();
  assert.equal((await refusalOf(its.replace(show.eventId, other.eventId) + '/tickets.pdf', PLATFORM)).status, 404);
  const unknown = `${bookingId.slice(0, -26)}${bookingId.slice(4, 30)}`;
  assert.equal((await refusalOf(its.replace(bookingId, unknown) + '/tickets.pdf', PLATFORM)).status, 404);
});

test('what is given back is printed no more', async () => {
  const buyer = await shop.newBuyer();
  const bookingId = await book(buyer, [1]);
  await shop.ask('POST', `/bookings/${bookingId}/cancel`, buyer, {});
  assert.equal((await refusalOf(`/bookings/${bookingId}/tickets.pdf`, buyer)).code, 'TICKETS_NOTHING_TO_PRINT');
  assert.equal((await refusalOf(`/bookings/${bookingId}/calendar.ics`, buyer)).code, 'TICKETS_NOTHING_TO_PRINT');
});
