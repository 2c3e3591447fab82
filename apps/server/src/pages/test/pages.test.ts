import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EventDetail } from '@tessera/contract';
import type { LightMyRequestResponse } from 'fastify';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { compose, type App } from '../../compose.ts';
import { loadConfig } from '../../config.ts';
import { readAssets } from '../assets.ts';
import { renderEvent } from '../render-event.ts';

const SECRET = 'the-secret-of-this-test';
const HOSTILE = '</title><script>alert("1")</script>&\'';

let database: TestDatabase;
let app: App;

before(async () => {
  database = await createDatabase();
  app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    database: { url: database.url, directUrl: database.url },
    secrets: { serverKey: Buffer.alloc(32, 1), internalSecret: SECRET },
  });
  await app.seedDemo();
});
after(async () => {
  await app.close();
  await database.close();
});

function get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return app.server.inject({ method: 'GET', url, headers });
}

let keys = 0;

async function change(method: 'POST' | 'PATCH', url: string, payload: object): Promise<Record<string, unknown>> {
  keys += 1;
  const headers = { authorization: `Bearer ${SECRET}`, 'idempotency-key': `page-${keys}` };
  const response = await app.server.inject({ method, url: `/api/v1/organizations${url}`, payload, headers });
  assert.ok(response.statusCode < 300, response.payload);
  return response.json();
}

async function hostileEvent(): Promise<string> {
  const organization = await change('POST', '', { name: HOSTILE, slug: 'hostile' });
  const events = `/${String(organization['id'])}/events`;
  const event = await change('POST', events, {
    title: HOSTILE,
    summary: HOSTILE,
    description: `${HOSTILE}\n\n${HOSTILE}`,
    venue: { name: HOSTILE, city: HOSTILE },
    starts_at: '2098-05-01T18:00:00Z',
    ends_at: '2098-05-01T20:00:00Z',
    time_zone: 'UTC',
    picture: 'https://example.org/"><script>x</script>.png',
    currency: 'EUR',
    sale: { state: 'on_sale' },
  });
  const type = { name: HOSTILE, description: HOSTILE, price_minor: 5, capacity: 3 };
  await change('POST', `${events}/${String(event['id'])}/ticket-types`, type);
  return String(event['id']);
}

async function firstEventId(): Promise<string> {
  const list = (await get('/api/v1/events?limit=1')).json<{ data: { id: string }[] }>();
  return list.data[0]?.id ?? '';
}

/** Ids as a booking of the event and its first ticket would have them. */
const bookingOf = (eventId: string): string => `bkg_${eventId.slice(4)}${'0'.repeat(25)}1`;
const ticketOf = (eventId: string): string => `tkt_${bookingOf(eventId).slice(4)}001`;

describe('the pages', () => {
  it('list what is coming, with a picture, a date and a price', async () => {
    const page = await get('/');
    assert.equal(page.statusCode, 200);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    for (const words of ['Lights on the River', 'Small Systems Days', 'Seven Short Plays', 'The Old Boathouse', 'Free tickets']) {
      assert.ok(page.payload.includes(words), words);
    }
  });

  it('show an event with its types, and those behind a code to who has it', async () => {
    const id = await firstEventId();
    const page = await get(`/events/${id}`);
    assert.equal(page.statusCode, 200);
    for (const words of ['Standing', '€18.00', '400 left', 'Hold tickets', 'Held for you for 10 minutes'])
      assert.ok(page.payload.includes(words), words);
    assert.ok(!page.payload.includes('Friends of the Society'));
    for (const query of ['?access_code=', '?utm_source=mail']) assert.equal((await get(`/events/${id}${query}`)).statusCode, 200);
    const behindCode = (await get(`/events/${id}?access_code=FRIENDS`)).payload;
    assert.ok(behindCode.includes('Friends of the Society') && !behindCode.includes('No tickets are behind this code'));
    assert.ok((await get(`/events/${id}?access_code=friends`)).payload.includes('No tickets are behind this code. Check'));
  });

  it('tell what one ticket costs all in, what comes next and what goes with what', async () => {
    const { data } = (await get('/api/v1/events')).json<{ data: { id: string; title: string }[] }>();
    const conference = data.find(({ title }) => title === 'Small Systems Days');
    const page = (await get(`/events/${conference?.id}`)).payload;
    for (const words of [
      '€181.50</span> <span class="extras">incl. fees and taxes</span>',
      'Early bird until 100 tickets are taken; then €240.00 plus fees and added taxes.',
      'Only with “Hall, both days” or “Student, both days”, 2 for each at most.',
      'id="promo_code"',
      'id="price"',
    ])
      assert.ok(page.includes(words), words);
    const detail = (await get(`/api/v1/events/${conference?.id}`)).json<EventDetail>();
    const gifts = detail.ticket_types.map((type) => ({ ...type, tiers: [], tier: null, is_donation: true, price_minor: 500 }));
    const { markup } = renderEvent({
      event: { ...detail, ticket_types: gifts },
      accessCode: null,
      nowMs: Date.parse(detail.starts_at) - 1,
    });
    assert.match(markup, /Give what you like, €5\.00 or more\./);
    assert.match(markup, /class="gift" type="number" inputmode="decimal" min="5\.00" step="0\.01" value="5\.00" data-digits="2"/);
  });

  it('say why nothing can be held', async () => {
    const organization = await change('POST', '', { name: 'Later', slug: 'later' });
    const times = { starts_at: '2098-06-01T18:00:00Z', ends_at: '2098-06-01T20:00:00Z', time_zone: 'Europe/Vienna' };
    const words = { title: 'Later', venue: { name: 'A', city: 'B' }, currency: 'EUR', ...times };
    const events = `/${String(organization['id'])}/events`;
    const event = await change('POST', events, { ...words, sale: { state: 'on_sale', sales_start_at: '2098-05-01T08:00:00Z' } });
    const url = `/events/${String(event['id'])}`;
    const path = `${events}/${String(event['id'])}`;
    await change('POST', `${path}/ticket-types`, { name: 'Seat', price_minor: 0, capacity: 1 });
    const early = (await get(url)).payload;
    assert.ok(early.includes('On sale from Thursday 1 May 2098, 10:00.'));
    assert.ok(!early.includes('Hold tickets'));
    assert.ok(!early.includes('1 left'));
    await change('PATCH', `${path}/sale`, { state: 'cancelled' });
    assert.ok((await get(url)).payload.includes('This event is cancelled.'));
  });

  it('say when everything is sold out, and keep what the script needs to offer it again', async () => {
    const detail = (await get(`/api/v1/events/${await firstEventId()}`)).json<EventDetail>();
    const render = (types: EventDetail['ticket_types']) =>
      renderEvent({ event: { ...detail, ticket_types: types }, accessCode: null, nowMs: Date.parse(detail.starts_at) - 1 }).markup;
    const none = detail.ticket_types.map((type) => ({ ...type, left: 0 }));
    assert.match(render(none), /id="sold-out" class="note" >Sold out for now\..*look in a few minutes/);
    assert.match(render(none), /data-left="0">Sold out</);
    assert.match(render(none), /type="submit" disabled>/);
    const paused = none.map((type, index) => ({ ...type, state: index === 0 ? ('paused' as const) : type.state }));
    assert.match(render(paused), /id="sold-out" class="note" hidden>/);
    assert.match(render(paused), /class="left" >Paused</);
    assert.match(render(detail.ticket_types), /type="submit" >/);
    assert.match(render(detail.ticket_types), /At most 4 for each buyer\./);
  });

  it('ask for a promo code only where there is something to pay', async () => {
    const detail = (await get(`/api/v1/events/${await firstEventId()}`)).json<EventDetail>();
    const free = detail.ticket_types.filter((type) => type.to_pay_minor === 0);
    const nowMs = Date.parse(detail.starts_at) - 1;
    assert.ok(!renderEvent({ event: { ...detail, ticket_types: free }, accessCode: null, nowMs }).markup.includes('promo_code'));
    assert.ok(renderEvent({ event: detail, accessCode: null, nowMs }).markup.includes('promo_code'));
  });

  it('escape whatever an organizer writes', async () => {
    const id = await hostileEvent();
    const pages = ['/', `/events/${id}`, `/events/${id}/audit`, `/events/${id}?access_code=${encodeURIComponent(HOSTILE)}`];
    for (const url of [...pages, `/bookings/${bookingOf(id)}`, `/tickets/${ticketOf(id)}`]) {
      const page = await get(url);
      assert.equal(page.statusCode, 200, url);
      assert.ok(!page.payload.includes('<script>'), url);
      assert.ok(!page.payload.includes('alert("'), url);
      assert.ok(page.payload.includes('&lt;script&gt;'), url);
    }
  });

  it('tell the place, the days, the languages, what has happened and what is agreed to, whatever stands in them', async () => {
    const detail = (await get(`/api/v1/events/${await firstEventId()}`)).json<EventDetail>();
    const dates = {
      starts_at: detail.starts_at,
      ends_at: detail.ends_at,
      place: 'venue' as const,
      venue: { name: HOSTILE, city: HOSTILE },
    };
    const day = { title: HOSTILE, starts_at: detail.starts_at, ends_at: detail.ends_at, starts_at_local: '', ends_at_local: '' };
    const event: EventDetail = {
      ...detail,
      state: 'cancelled',
      place: 'both',
      venue: { ...detail.venue, address_lines: [HOSTILE, 'Quay 7'], postal_code: '1020', country: 'AT' },
      languages: ['de-AT', 'en'],
      days: [day],
      cancellation_reason: HOSTILE,
      moves: [{ at: detail.starts_at, reason: HOSTILE, before: dates, after: { ...dates, place: 'online' } }],
      terms: `${HOSTILE} terms`,
      refund_policy: 'Refunds within a week.',
      organizer: {
        ...detail.organizer,
        imprint: HOSTILE,
        website: 'https://example.org/"onclick="x',
        privacy_url: 'https://example.org/privacy',
        contact_email: 'a&b@example.org',
      },
    };
    const { markup } = renderEvent({ event, accessCode: null, nowMs: 0 });
    assert.ok(!markup.includes('<script>') && !markup.includes('"onclick'));
    for (const words of [
      'Quay 7, 1020 Vienna, Austria, and online',
      'Austrian German, English',
      'Cancelled: ',
      ' to Online.',
      'Refunds within a week.',
      'href="https://example.org/privacy"',
      'href="mailto:a%26b@example.org"',
      '<summary>Imprint</summary>',
    ])
      assert.ok(markup.includes(words), words);
  });

  it('of a booking and of a ticket are the same for everybody: they tell the event where it is shown, and of nobody’s booking anything', async () => {
    const id = await firstEventId();
    for (const [url, words] of [
      [`/bookings/${bookingOf(id)}`, 'Looking up your booking…'],
      [`/tickets/${ticketOf(id)}`, 'Looking up your ticket…'],
    ] as const) {
      const page = await get(url);
      assert.equal(page.statusCode, 200, url);
      for (const word of [words, 'Lights on the River', 'The Old Boathouse', `/events/${id}`]) assert.ok(page.payload.includes(word), word);
      assert.equal(page.headers['cache-control'], 'private, no-store');
    }
    const nowhere = `evt_${'0'.repeat(25)}1`;
    assert.ok((await get(`/bookings/${bookingOf(nowhere)}`)).payload.includes('<h1>Your booking</h1>'));
    assert.ok((await get(`/tickets/${ticketOf(nowhere)}`)).payload.includes('<h1>Your ticket</h1>'));
    assert.ok((await get('/accept-ticket')).payload.includes('A ticket for you'));
    for (const url of ['/bookings/bkg_x', '/bookings/%3Cscript%3E', '/tickets/tkt_x', `/tickets/${bookingOf(id)}`]) {
      const page = await get(url);
      assert.equal(page.statusCode, 404, url);
      assert.ok(page.payload.includes('There is no such booking') && !page.payload.includes('<script>'), url);
    }
  });

  it('of a booking know which currencies have not two digits', async () => {
    const page = (await get(`/bookings/${bookingOf(await firstEventId())}`)).payload;
    assert.match(page, /data-digits="[^"]*BHD:3[^"]*JPY:0[^"]*"/);
    assert.ok(!page.includes('HUF'), 'as ISO 4217 counts');
  });

  it('let nothing run but their own files', async () => {
    const id = await firstEventId();
    for (const url of [
      '/',
      `/events/${id}`,
      `/events/${id}/audit`,
      `/bookings/${bookingOf(id)}`,
      `/tickets/${ticketOf(id)}`,
      '/accept-ticket',
    ]) {
      const page = await get(url);
      const policy = String(page.headers['content-security-policy']);
      for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) assert.ok(policy.includes(rule), rule);
      assert.ok(!/<script(?![^>]*\bsrc="\/assets\/)/.test(page.payload), url);
      assert.ok(!/\sstyle=|\son[a-z]+=/.test(page.payload), url);
    }
  });

  it('ask for no file that is not there', async () => {
    const names = [...readAssets().keys()];
    assert.ok(names.length >= 5);
    const id = await firstEventId();
    const pages = await Promise.all(
      ['/', `/events/${id}`, `/bookings/${bookingOf(id)}`, `/tickets/${ticketOf(id)}`, '/accept-ticket'].map((url) => get(url)),
    );
    const files = await Promise.all(names.map((name) => get(`/assets/${name}`)));
    const asked = [...pages, ...files].flatMap(({ payload }) => payload.match(/\/(?:assets|pictures)\/[\w.-]+/g) ?? []);
    for (const url of new Set(asked)) assert.equal((await get(url)).statusCode, 200, url);
  });

  it('answer 304 for a file that has not changed, 404 for what is none', async () => {
    const style = await get('/assets/tessera.css');
    assert.equal((await get('/assets/tessera.css', { 'if-none-match': String(style.headers['etag']) })).statusCode, 304);
    for (const url of [
      '/assets/none.js',
      '/assets/..%2findex.ts',
      '/events/evt_x',
      '/events/nonsense/audit',
      `/events/evt_${'0'.repeat(26)}`,
    ]) {
      assert.equal((await get(url)).statusCode, 404, url);
    }
    assert.match((await get('/events/evt_x')).payload, /There is no such event/);
    assert.equal((await get('/?after=evt_00000000000000000000000000')).statusCode, 303);
  });
});
