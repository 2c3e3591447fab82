import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { EventList } from '@tessera/contract';
import { createDatabase, type TestDatabase } from '../../../../../test/support/database.ts';
import { compose, type App } from '../../compose.ts';
import { loadConfig } from '../../config.ts';
import type { Mail } from '../../engines/mail/index.ts';
import { followAll } from '../../modules/buyers/test/support.ts';
import { openDb } from '../../platform/db/index.ts';
import { FakeElement } from './fake-document.ts';

const ASSETS = join(import.meta.dirname, '..', 'assets');
const EMAIL = 'ada@example.org';

let database: TestDatabase;
let app: App;
let bookingId: string;
const mails: Mail[] = [];
const [form, found, input, button] = [new FakeElement(), new FakeElement(), new FakeElement(), new FakeElement()];
const place = { hash: '', pathname: '/find-tickets' };

registerHooks({
  resolve: (specifier, context, next) => {
    const isAsset = specifier.startsWith('/assets/');
    return next(isAsset ? pathToFileURL(join(ASSETS, specifier.slice('/assets/'.length))).href : specifier, context);
  },
});

type Options = { method: 'GET' | 'POST' | 'PUT'; headers?: Record<string, string>; body?: string };

async function fetchInjected(path: string, { method, headers = {}, body }: Options): Promise<Response> {
  const response = await app.server.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) });
  return new Response(response.payload, { status: response.statusCode, headers: { 'content-type': 'application/json' } });
}

/** Opens the page anew, with what stands behind the # of its address. */
async function openPage(hash: string): Promise<void> {
  place.hash = hash;
  found.replaceChildren();
  await import(`${pathToFileURL(join(ASSETS, 'find-tickets.js')).href}?${hash.length}`);
}

before(async () => {
  database = await createDatabase();
  app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent', PUBLIC_URL: 'https://tickets.example.org' }),
    database: { url: database.url, directUrl: database.url },
    secrets: { serverKey: Buffer.alloc(32, 1), internalSecret: null },
    mailer: { send: async (mail) => void mails.push(mail) },
  });
  await app.seedDemo();
  bookingId = await bookAsAda();
  form.found.set('input', [input]).set('button', [button]);
  const elements: Record<string, FakeElement> = { find: form, found };
  Object.assign(globalThis, {
    document: { getElementById: (id: string) => elements[id], createElement: () => new FakeElement() },
    localStorage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    location: place,
    history: { replaceState: () => (place.hash = '') },
    fetch: fetchInjected,
  });
});
after(async () => {
  await app.close();
  await database.close();
});

async function bookAsAda(): Promise<string> {
  const token = (await app.server.inject({ method: 'POST', url: '/api/v1/buyer-sessions' })).json<{ token: string }>().token;
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'find' };
  const { data } = (await app.server.inject('/api/v1/events')).json<EventList>();
  for (const { id } of data) {
    const { ticket_types: types } = (await app.server.inject(`/api/v1/events/${id}`)).json<{
      ticket_types: { id: string; left: number }[];
    }>();
    const payload = { event_id: id, lines: [{ ticket_type_id: types.find(({ left }) => left > 1)?.id ?? '', quantity: 2 }] };
    const booked = await app.server.inject({ method: 'POST', url: '/api/v1/bookings', headers, payload });
    if (booked.statusCode !== 201) continue;
    await app.server.inject({ method: 'PUT', url: '/api/v1/buyer-sessions/me/contact', headers, payload: { email: EMAIL } });
    const url = `/api/v1/bookings/${booked.json<{ id: string }>().id}/attendees`;
    const said = await app.server.inject({ method: 'PUT', url, headers, payload: { tickets: [{ number: 2, name: 'Grace <b>' }] } });
    assert.equal(said.statusCode, 200, said.body);
    const db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
    await followAll(db);
    await db.close();
    return booked.json<{ id: string }>().id;
  }
  throw new assert.AssertionError({ message: 'no demo event sells two of a type' });
}

async function ask(email: string): Promise<string> {
  input.value = email;
  await form.fire('submit');
  return found.textContent;
}

test('the page says the same whoever asks; the mail leads back to it, and from there to the tickets', async () => {
  await openPage('');
  assert.equal(found.textContent, '');
  const [known, unknown] = [await ask(EMAIL), await ask('nobody@example.org')];
  assert.equal(known, unknown);
  assert.match(known, /If there are bookings/);
  while (mails.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(
    mails.map(({ to }) => to),
    [EMAIL],
  );
  const [, hash = ''] = /https:\/\/tickets\.example\.org\/find-tickets(#mlt_\S+)/.exec(mails[0]?.text ?? '') ?? [];
  await openPage(hash);
  assert.equal(place.hash, '', 'the token stays in no address line');
  await found.showing('Show my tickets')?.fire('click');
  for (const text of [bookingId, 'Held, not confirmed yet', 'Ticket 1 (not confirmed yet)', 'Ticket 2: Grace <b> (not confirmed yet)'])
    assert.ok(found.textContent.includes(text), found.textContent);
});

test('a link that was used says what to do', async () => {
  const [, hash = ''] = /(#mlt_\S+)/.exec(mails[0]?.text ?? '') ?? [];
  await openPage(`${hash}x`);
  await found.showing('Show my tickets')?.fire('click');
  assert.match(found.textContent, /Ask for another/);
});
