import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ticket } from '@tessera/contract';
import { dataOf, openBrowser, type FakeBrowser } from './fake-browser.ts';
import { FakeElement } from './fake-document.ts';
import { openShop, type Shop } from './open-shop.ts';
import { readQrCodes } from './read-qr.ts';

/** The way of a buyer over real HTTP, from the event's page to the ticket: the pages with their scripts, and the sandbox's page without any. */
let shop: Shop;
let browser: FakeBrowser;
let bookingId: string;
let [standing, parts] = [new FakeElement(), new FakeElement()];

before(async () => {
  shop = await openShop();
  browser = openBrowser(shop.origin);
  browser.become('ada');
});
after(() => shop.close());

/** Waits for what a page shows by itself. */
async function until(text: RegExp, where: () => FakeElement): Promise<void> {
  for (const endMs = performance.now() + 15_000; performance.now() < endMs; await sleep(20)) if (text.test(where().textContent)) return;
  assert.fail(`${text} is not in ${where().textContent}`);
}

const everything = () => [...standing.descendants, ...parts.descendants];

function shown(text: RegExp, tag: string): FakeElement {
  const found = everything().find((one) => one.tag === tag && text.test(one.textContent));
  assert.ok(found, `no ${tag} ${text} in ${standing.textContent} / ${parts.textContent}`);
  return found;
}

function field(id: RegExp): FakeElement {
  const found = everything().find((one) => id.test(one.getAttribute('id') ?? ''));
  assert.ok(found, `no field ${id} in ${parts.textContent}`);
  return found;
}

async function fill(id: RegExp, value: string): Promise<void> {
  const input = field(id);
  input.value = value;
  await input.fire('change');
}

const click = (text: RegExp) => shown(text, 'button').fire('click');

/** Opens a page whose parts are `standing` and `parts`, whatever it calls them. */
async function openPage(path: string, names: { article: string; standing: string }): Promise<void> {
  const article = new FakeElement();
  [standing, parts] = [new FakeElement(), new FakeElement()];
  const html = await (await fetch(path.split('#')[0] ?? '')).text();
  Object.assign(article.dataset, dataOf(html, names.article));
  await browser.open(path, { [names.article]: article, [names.standing]: standing, parts });
}

const openBooking = () => openPage(`/bookings/${bookingId}`, { article: 'booking-page', standing: 'standing' });
const openTicket = (id: string) => openPage(`/tickets/${id}`, { article: 'ticket-page', standing: 'ticket' });

/** A form of a page that has no scripts, sent as browsers send it. */
async function sendForm(address: string, fields: Record<string, string>): Promise<string> {
  const page = await realFetch(address);
  const html = await page.text();
  assert.ok(!html.includes('<script'), 'the page needs no script');
  assert.match(html, /No money moves/);
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(html) ?? [];
  const [, secret = ''] = /name="client_secret" value="([^"]+)"/.exec(html) ?? [];
  const body = new URLSearchParams({ client_secret: secret, ...fields });
  return (await realFetch(new URL(action, address), { method: 'POST', body })).text();
}
const realFetch = globalThis.fetch;

async function ticketsOf(): Promise<Ticket[]> {
  const { token } = JSON.parse(browser.kept('tessera.buyer-session') ?? '{}') as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  return (await shop.app.server.inject({ url: `/api/v1/bookings/${bookingId}/tickets`, headers })).json<{ data: Ticket[] }>().data;
}

test('from the event’s page a hold leads to the booking’s', async () => {
  const [form, panel, sums, row, input, left] = Array.from({ length: 6 }, () => new FakeElement());
  assert.ok(form && panel && sums && row && input && left);
  const html = await (await fetch(`/events/${shop.event.id}`)).text();
  assert.match(html, /id="hold"[^>]*data-asks/);
  Object.assign(form.dataset, dataOf(html, 'booking'));
  Object.assign(row.dataset, { type: shop.event.ticket_types[0]?.id, name: 'Seat' });
  row.found.set('.quantity', [input]).set('.left', [left]);
  form.found.set('.type', [row]).set('button.action', [new FakeElement()]);
  await browser.open(`/events/${shop.event.id}`, { booking: form, hold: panel, price: sums });
  input.value = '2';
  await form.fire('input');
  await form.fire('submit');
  assert.match(panel.textContent, /Held for you until \d\d:\d\d.*2 tickets, €36\.00/);
  const link = panel.descendants.find((one) => one.tag === 'a' && one.textContent === 'Go on to pay');
  bookingId = link?.getAttribute('href')?.replace('/bookings/', '') ?? '';
  assert.match(bookingId, /^bkg_/);
});

test('what the organizer asks is answered before it is paid, and the way to the sandbox says that no money moves', async () => {
  await openBooking();
  assert.match(standing.textContent, /Held for you until/);
  assert.match(parts.textContent, /no money moves/);
  await click(/Go to pay €36\.00/);
  assert.match(parts.textContent, /required answers are missing.*still held/);
  await fill(/^ticket-1$/, 'Grace <b>Hopper</b>');
  await fill(/^ticket-1-que_/, 'Bread');
  await fill(/^ticket-2-que_/, 'Soup');
  await click(/Go to pay €36\.00/);
  assert.match(browser.wentTo() ?? '', /^http:\/\/127\.0\.0\.1:\d+\/pay\//);
});

test('a card that is declined takes nothing, and the page says so and leads back', async () => {
  const declined = await sendForm(browser.wentTo() ?? '', { card: '4000000000001018', holder_name: 'Ada' });
  assert.match(declined, /The card was declined/);
  assert.ok(declined.includes(`href="${shop.origin}/bookings/${bookingId}"`), 'the way back is the booking’s page');
  await openBooking();
  assert.match(standing.textContent, /That card was declined\|.*too little money.*Nothing was charged.*held until/);
});

test('a card that pays makes tickets, which the open page shows by itself', async () => {
  const paid = await sendForm(shown(/Try again: €36\.00/, 'a').getAttribute('href') ?? '', {
    card: '4242424242424242',
    holder_name: 'Ada',
  });
  assert.match(paid, /Paid/);
  await until(/Confirmed\|2 tickets, €36\.00/, () => standing);
  assert.match(parts.textContent, /Ticket 1 · Grace <b>Hopper<\/b>/);
  const tickets = await ticketsOf();
  assert.deepEqual(
    readQrCodes(parts.descendants),
    tickets.map(({ code }) => code),
  );
  await openTicket(tickets[0]?.id ?? '');
  await until(/Valid/, () => standing);
  assert.deepEqual(readQrCodes(standing.descendants), [tickets[0]?.code]);
});

test('a ticket that is passed on by mail is another’s, with another code', async () => {
  const [first] = await ticketsOf();
  await openBooking();
  await fill(/^pass-1$/, 'grace@example.org');
  await click(/^Mail it$/);
  await until(/Offered to grace@example\.org|Offered until/, () => parts);
  for (const endMs = performance.now() + 5_000; shop.mails.length === 0 && performance.now() < endMs; await sleep(20));
  const [, link = ''] = new RegExp(`${shop.origin}(/accept-ticket#tft_\\S+)`).exec(shop.mails[0]?.text ?? '') ?? [];
  browser.become('grace');
  await openPage(link, { article: 'none', standing: 'accept' });
  await click(/Take the ticket/);
  assert.match(standing.textContent, /It is yours/);
  assert.equal(shown(/Show my ticket/, 'a').getAttribute('href'), `/tickets/${first?.id}`);
  await openTicket(first?.id ?? '');
  await until(/Valid/, () => standing);
  const [code] = readQrCodes(standing.descendants);
  assert.notEqual(code, first?.code);
  await openBooking();
  assert.match(standing.textContent, /You have 1 ticket/);
  browser.become('ada');
  await openBooking();
  await until(/Passed on: somebody else has it now/, () => parts);
  assert.equal(readQrCodes(parts.descendants).length, 1);
});

test('a link that was used says what to do', async () => {
  browser.become('somebody');
  const [, link = ''] = /(\/accept-ticket#tft_\S+)/.exec(shop.mails[0]?.text ?? '') ?? [];
  await openPage(link, { article: 'none', standing: 'accept' });
  await click(/Take the ticket/);
  assert.match(standing.textContent, /Somebody else has taken it.*another link/);
});

test('a ticket that is given back brings its money back, and the page tells how that stands', async () => {
  browser.become('ada');
  await openBooking();
  assert.match(
    parts.textContent,
    /You can give tickets back until Wednesday 30 April.*all of what they cost goes back to where you paid from\./,
  );
  field(/^back-2$/).checked = true;
  await click(/Give the chosen tickets back/);
  assert.match(parts.textContent, /1 ticket becomes worth nothing, and all of what they cost goes back/);
  await click(/^Give back$/);
  await until(/in part given back\|You have 1 ticket/, () => standing);
  await until(/€18\.00 was sent back to where you paid from/, () => standing);
  assert.match(parts.textContent, /Given back\. It opens no door any more/);
});

test('somebody else learns nothing but what to do', async () => {
  browser.become('a stranger');
  await openBooking();
  assert.match(standing.textContent, /This browser does not know this booking/);
  assert.equal(parts.textContent, '');
  assert.equal(shown(/Find my tickets/, 'a').getAttribute('href'), '/find-tickets');
});
