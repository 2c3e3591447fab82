import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { EventDetail, EventList } from '@tessera/contract';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { compose, type App } from '../../compose.ts';
import { loadConfig } from '../../config.ts';
import { FakeElement } from './fake-document.ts';

const ASSETS = join(import.meta.dirname, '..', 'assets');
const SECRET = 'the-secret-of-this-test';
const JSON_TYPE = 'application/json';

let database: TestDatabase;
let app: App;
let event: EventDetail;
const form = new FakeElement();
const panel = new FakeElement();
const sums = new FakeElement();
const button = new FakeElement();
const promoCode = new FakeElement();
const inputs: FakeElement[] = [];
const store = new Map<string, string>();
let requests: string[] = [];
/** The next booking goes with a token that nobody signed. */
let isForged = false;
/** The reply to the next booking is lost on its way. */
let isLost = false;

/** The page's scripts name each other by their address; here it is a file. */
registerHooks({
  resolve: (specifier, context, next) => {
    const isAsset = specifier.startsWith('/assets/');
    return next(isAsset ? pathToFileURL(join(ASSETS, specifier.slice('/assets/'.length))).href : specifier, context);
  },
});

async function fetchInjected(
  path: string,
  options: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
): Promise<Response> {
  const { method, body } = options;
  const isBooking = path === '/api/v1/bookings';
  const headers = isForged && isBooking ? { ...options.headers, authorization: 'Bearer bys_forged' } : options.headers;
  isForged &&= !isBooking;
  requests.push(`${method} ${path.replace(/(bkg|evt)_\w+/, '{id}')}`);
  const response = await app.server.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) });
  if (isLost && isBooking) {
    isLost = false;
    throw new TypeError('fetch failed');
  }
  return new Response(response.payload, { status: response.statusCode, headers: { 'content-type': JSON_TYPE } });
}

function putOnPage(type: EventDetail['ticket_types'][number]): FakeElement {
  const [row, input, left] = [new FakeElement(), new FakeElement(), new FakeElement()];
  row.dataset['type'] = type.id;
  row.dataset['name'] = type.name;
  left.dataset['left'] = String(type.left);
  row.found.set('.quantity', [input]).set('.left', [left]);
  inputs.push(input);
  return row;
}

async function readEvent(id: string): Promise<EventDetail> {
  return (await app.server.inject({ method: 'GET', url: `/api/v1/events/${id}` })).json<EventDetail>();
}

before(async () => {
  database = await createDatabase();
  app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    database: { url: database.url, directUrl: database.url },
    secrets: { serverKey: Buffer.alloc(32, 1), internalSecret: SECRET },
  });
  await app.seedDemo();
  const list = (await app.server.inject({ method: 'GET', url: '/api/v1/events?limit=1' })).json<EventList>();
  event = await readEvent(list.data[0]?.id ?? '');
  Object.assign(form.dataset, { event: event.id, accessCode: '', currency: event.currency, digits: '2' });
  form.found.set('.type', event.ticket_types.map(putOnPage)).set('button.action', [button]).set('.promo-code', [promoCode]);
  promoCode.value = '';
  const elements: Record<string, FakeElement> = { booking: form, hold: panel, price: sums };
  Object.assign(globalThis, {
    document: { getElementById: (id: string) => elements[id], createElement: () => new FakeElement() },
    localStorage: {
      getItem: (name: string) => store.get(name) ?? null,
      setItem: (name: string, value: string) => store.set(name, value),
      removeItem: (name: string) => store.delete(name),
    },
    fetch: fetchInjected,
  });
  await import(pathToFileURL(join(ASSETS, 'event.js')).href);
});
after(async () => {
  await app.close();
  await database.close();
});

async function choose(...quantities: number[]): Promise<void> {
  quantities.forEach((quantity, index) => {
    const input = inputs[index];
    assert.ok(input);
    input.value = String(quantity);
  });
  await form.fire('input');
}

async function hold(...quantities: number[]): Promise<void> {
  await choose(...quantities);
  await form.fire('submit');
}

async function click(text: string): Promise<void> {
  const clicked = panel.showing(text);
  assert.ok(clicked, `${text} is not in ${panel.textContent}`);
  await clicked.fire('click');
}

describe('the booking script', () => {
  it('asks for a number first', async () => {
    await hold(0, 0);
    assert.match(panel.textContent, /Choose how many/);
    assert.deepEqual(requests, []);
    await choose(1, 0);
    assert.equal(panel.textContent, '', 'the advice goes with the next choice');
    await choose(0, 0);
  });

  it('asks for the price with a promo code when it is complete, and Enter does not hold', async () => {
    await choose(0, 1);
    await until(() => sums.textContent.includes('€18.00'));
    requests = [];
    promoCode.value = 'NO';
    await form.fire('input', { target: promoCode });
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.deepEqual(requests, []);
    let isPrevented = false;
    await promoCode.fire('keydown', { key: 'Enter', preventDefault: () => (isPrevented = true) });
    assert.ok(isPrevented);
    await until(() => sums.textContent.includes('no such promo code'));
    assert.deepEqual(requests, ['POST /api/v1/events/{id}/quotes']);
    promoCode.value = '';
    requests = [];
    await choose(0, 0);
    assert.equal(sums.textContent, '');
  });

  it('makes a session, holds, and confirms what is free', async () => {
    await hold(2, 0);
    assert.match(panel.textContent, /Held for you until \d\d:\d\d/);
    assert.match(panel.textContent, /2 tickets, Free/);
    assert.match(panel.textContent, /\d+ minutes left/);
    assert.equal(button.disabled, true);
    assert.deepEqual(requests.slice(0, 3), ['POST /api/v1/events/{id}/quotes', 'POST /api/v1/buyer-sessions', 'POST /api/v1/bookings']);
    await click('Confirm');
    assert.match(panel.textContent, /Confirmed: 2 tickets, Free/);
    await click('Book more');
    assert.equal(panel.textContent, '');
  });

  it('keeps the session, extends once, and gives back', async () => {
    requests = [];
    await hold(1, 1);
    assert.match(panel.textContent, /2 tickets, €18\.00/);
    assert.equal(panel.showing('Confirm'), null);
    await click('More time');
    assert.equal(panel.showing('More time'), null);
    await click('Give back');
    assert.match(panel.textContent, /went back/);
    assert.equal(button.disabled, false);
    assert.ok(!requests.includes('POST /api/v1/buyer-sessions'));
  });

  it('says what to do when the server says no', async () => {
    await hold(4, 0);
    assert.match(panel.textContent, /You can take at most 2 more of these tickets\..*Change the number of tickets/);
    assert.equal(button.disabled, false);
  });

  it('lets a type that was sold out be chosen again once there is something left', async () => {
    const [input] = inputs;
    const left = form.found.get('.type')?.[0]?.querySelector('.left');
    assert.ok(input && left);
    input.disabled = true;
    Object.assign(left.dataset, { left: '0' });
    await hold(0, 1);
    await click('Give back');
    await until(() => input.disabled === false);
    assert.match(left.textContent, /^\d+ left$/);
  });

  it('books once when the reply is lost', async () => {
    const [before] = (await readEvent(event.id)).ticket_types;
    isLost = true;
    await hold(1, 0);
    assert.match(panel.textContent, /Held for you/);
    const [now] = (await readEvent(event.id)).ticket_types;
    assert.equal(now?.left, (before?.left ?? 0) - 1);
    await click('Give back');
  });

  it('replaces a session that the server does not know', async () => {
    isForged = true;
    requests = [];
    await hold(1, 0);
    assert.match(panel.textContent, /Held for you/);
    assert.deepEqual(requests.slice(1, 4), ['POST /api/v1/bookings', 'POST /api/v1/buyer-sessions', 'POST /api/v1/bookings']);
    await click('Give back');
  });

  it('shows the price with a promo code, fees and taxes before it holds, and holds at that price alone', async () => {
    await sell('POST', '/promo-codes', { code: 'TEN', kind: 'percent', value: 100_000 });
    await sell('PATCH', '/sale', { pricing: fee(100) });
    promoCode.value = ' ten ';
    await choose(0, 2);
    await until(() => sums.textContent.includes('Total'));
    assert.equal(sums.textContent, '2 × Bench|€36.00|Promo code|−€3.60|Fee|€2.00|Total|€34.40|including VAT 20%|€5.40');
    await sell('PATCH', '/sale', { pricing: fee(150) });
    await form.fire('submit');
    assert.match(panel.textContent, /The total is another one now.*click again/);
    await until(() => sums.textContent.includes('€35.40'));
    await form.fire('submit');
    assert.match(panel.textContent, /2 tickets, €35\.40/);
    assert.match(panel.textContent, /Promo code\|−€3\.60/);
    assert.equal(sums.textContent, '');
    await click('Give back');
    promoCode.value = 'nonsense';
    await choose(0, 1);
    await until(() => sums.textContent !== '');
    assert.match(sums.textContent, /There is no such promo code.*leave it out/);
  });
});

const fee = (amountMinor: number) => ({
  rounding: { mode: 'half_up', per: 'booking' },
  fees: [{ kind: 'per_ticket', name: 'Fee', amount_minor: amountMinor }],
  taxes: [{ name: 'VAT', rate_ppm: 200_000, included: true }],
});

let sold = 0;

async function sell(method: 'POST' | 'PATCH', path: string, payload: object): Promise<void> {
  sold += 1;
  const headers = { authorization: `Bearer ${SECRET}`, 'idempotency-key': `sell-${sold}` };
  const url = `/api/v1/organizations/${event.organization.id}/events/${event.id}${path}`;
  const answer = await app.server.inject({ method, url, payload, headers });
  assert.ok(answer.statusCode < 300, answer.payload);
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, `${sums.textContent} / ${panel.textContent}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
