import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EventDetail, QuotaAnswer, SaleAnswer, TicketTypeAnswer } from '@tessera/contract';
import { parseId } from '../../../platform/ids/index.ts';
import { duplicateEvent } from '../duplicate-event.ts';
import type { Catalog } from '../index.ts';
import { openCatalog, type CatalogUnderTest } from './support.ts';
import { eventPath, holdTickets, homeOf, makeEvent, makeTicketType } from './things.ts';

let under: CatalogUnderTest;

before(async () => {
  under = await openCatalog();
});
after(() => under.close());

const STARTS = '2099-06-01T18:00:00.000Z';
const SHIFT_MS = Date.parse(STARTS) - Date.parse('2099-05-01T18:00:00Z');

/** An event with two types, one behind a code, under a quota; some tickets are held and some set aside. */
async function makeOriginal(): Promise<string> {
  const sale = { state: 'on_sale', hold_seconds: 77, sales_end_at: '2099-05-01T12:00:00Z', buyer_max: 6 };
  const eventId = await makeEvent(under, { title: 'First Night', sale });
  const open = await makeTicketType(under, eventId, {
    name: 'Seat',
    position: 1,
    price_minor: 900,
    sales_start_at: '2020-01-01T00:00:00Z',
  });
  const hidden = await makeTicketType(under, eventId, { name: 'Box', position: 2, capacity: 4, access_code: 'FRIENDS' });
  const quota = { name: 'House', capacity: 12, ticket_type_ids: [open, hidden] };
  assert.equal((await under.send('POST', `${eventPath(eventId)}/quotas`, quota)).status, 201);
  await holdTickets(under, { eventId, ticketTypeId: open, quantity: 3 });
  const aside = await under.send('POST', `${eventPath(eventId)}/ticket-types/${open}/set-aside`, { quantity: 2 });
  assert.equal(aside.status, 200);
  return eventId;
}

const duplicate = (eventId: string, body: object, key: string) => under.send('POST', `${eventPath(eventId)}/duplicate`, body, { key });

async function readAll(eventId: string): Promise<{ sale: SaleAnswer; types: TicketTypeAnswer[]; quotas: QuotaAnswer[] }> {
  const get = async <Of>(what: string) => (await under.send('GET', `${eventPath(eventId)}/${what}`)).body as Of;
  const types = (await get<{ data: TicketTypeAnswer[] }>('ticket-types')).data;
  return { sale: await get<SaleAnswer>('sale'), types, quotas: (await get<{ data: QuotaAnswer[] }>('quotas')).data };
}

/** What of a type is the same in its copy. */
const likeness = ({
  name,
  description,
  state,
  position,
  price_minor,
  capacity,
  booking_max,
  buyer_max,
  access_code,
}: TicketTypeAnswer) => ({
  ...{ name, description, state, position, price_minor, capacity, booking_max, buyer_max, access_code },
});

/** The id of the event that is made by duplicating with a key, for those who look while it is made. */
async function copyOf(original: string, key: string): Promise<string> {
  const answer = await duplicate(original, { starts_at: STARTS }, key);
  assert.ok(answer.status < 300, answer.text);
  const id = String(answer.body['id']);
  homeOf.set(id, homeOf.get(original) ?? '');
  return id;
}

describe('a duplicate', () => {
  it('has words, terms, types and quotas of its original, moved with the start, and nothing sold', async () => {
    const original = await makeOriginal();
    const answer = await duplicate(original, { starts_at: STARTS, title: 'Second Night' }, 'again');
    assert.equal(answer.status, 201, answer.text);
    const event = answer.body as unknown as EventDetail;
    assert.deepEqual(
      [event.title, event.state, event.starts_at, event.ends_at, event.venue.name, event.time_zone],
      ['Second Night', 'draft', STARTS, '2099-06-01T21:00:00.000Z', 'The Hall', 'Europe/Vienna'],
    );
    homeOf.set(event.id, homeOf.get(original) ?? '');
    const [was, is] = [await readAll(original), await readAll(event.id)];
    const moved = (time: string | null) => time && new Date(Date.parse(time) + SHIFT_MS).toISOString();
    const times = { sales_end_at: moved(was.sale.sales_end_at), ends_at: moved(was.sale.ends_at) };
    assert.deepEqual(is.sale, { ...was.sale, event_id: event.id, state: 'draft', ...times });
    assert.deepEqual(is.types.map(likeness), was.types.map(likeness));
    assert.equal(is.types[0]?.sales_start_at, moved(was.types[0]?.sales_start_at ?? null));
    for (const { held, sold, set_aside, left, capacity } of [...is.types, ...is.quotas])
      assert.deepEqual([held, sold, set_aside, left], [0, 0, 0, capacity]);
    assert.deepEqual(
      is.quotas.map(({ name, capacity, ticket_type_ids: ids }) => [name, capacity, ids.toSorted()]),
      [['House', 12, is.types.map(({ id }) => id).sort()]],
    );
    assert.deepEqual(await readAll(original), was);
  });

  it('has all words of its original, and asks what that asks', async () => {
    const original = await makeOriginal();
    const [seat] = (await readAll(original)).types;
    const own = homeOf.get(original) ?? '';
    const hall = { name: 'Big Hall', city: 'Linz', time_zone: 'Europe/Vienna', country: 'AT', address_lines: ['Street 1'] };
    const venue = await under.send('POST', `/api/v1/organizations/${own}/venues`, hall);
    const day = { title: 'First', starts_at: '2099-05-01T18:00:00.000Z', ends_at: '2099-05-01T20:00:00.000Z' };
    const said = {
      ...{ category: 'music', tags: ['jazz'], languages: ['de-AT'], place: 'both', venue_id: venue.body['id'] },
      ...{ online_url: 'https://house.example/stream', terms: 'Terms', refund_policy: 'None', picture: '/pictures/music-bars.svg' },
      ...{ doors_at: '2099-05-01T17:00:00.000Z', days: [day], move_reason: 'Larger.' },
    };
    assert.equal((await under.send('PATCH', eventPath(original), said)).status, 200);
    const ask = async (body: object) =>
      (await under.send('POST', `${eventPath(original)}/questions`, body)).body as Record<string, unknown>;
    await ask({ label: 'Meal', kind: 'choice', options: ['Meat', 'None'], required: true, position: 2 });
    await ask({ label: 'Name', kind: 'text', asked_per: 'ticket', ticket_type_ids: [seat?.id], position: 1 });
    const gone = await ask({ label: 'Gone', kind: 'text' });
    await under.send('DELETE', `${eventPath(original)}/questions/${String(gone['id'])}`);
    const copy = await copyOf(original, 'words');
    const [was, is] = [(await under.send('GET', eventPath(original))).body, (await under.send('GET', eventPath(copy))).body];
    const moved = (time: unknown) => new Date(Date.parse(String(time)) + SHIFT_MS).toISOString();
    for (const name of [
      'title',
      'category',
      'tags',
      'languages',
      'place',
      'venue',
      'venue_id',
      'online_url',
      'terms',
      'refund_policy',
      'picture',
    ])
      assert.deepEqual(is[name], was[name], name);
    assert.equal(is['doors_at'], moved(was['doors_at']));
    const [copied] = is['days'] as Record<string, unknown>[];
    assert.deepEqual([copied?.['title'], copied?.['starts_at'], copied?.['ends_at']], ['First', moved(day.starts_at), moved(day.ends_at)]);
    assert.deepEqual([(was['moves'] as object[]).length, is['moves']], [1, []]);
    const [type] = (await readAll(copy)).types;
    const { body } = await under.send('GET', `${eventPath(copy)}/questions`);
    const questions = body['data'] as Record<string, unknown>[];
    assert.deepEqual(
      questions.map(({ label, kind, options, required, asked_per: per, ticket_type_ids: ids }) => [
        label,
        kind,
        options,
        required,
        per,
        ids,
      ]),
      [
        ['Name', 'text', [], false, 'ticket', [type?.id]],
        ['Meal', 'choice', ['Meat', 'None'], true, 'booking', []],
      ],
    );
    await copyOf(original, 'words');
    assert.deepEqual((await under.send('GET', `${eventPath(copy)}/questions`)).body, body, 'a repeat asks nothing twice');
    const short = { starts_at: STARTS, ends_at: '2099-06-01T19:00:00Z' };
    const [error] = (await duplicate(original, short, 'short')).body['errors'] as { field: string }[];
    assert.equal(error?.field, '/ends_at', 'its day would end after it');
  });

  it('is made once per key, also by requests at the same time, whatever becomes of the original', async () => {
    const original = await makeOriginal();
    const answers = await Promise.all([1, 2, 3].map(() => duplicate(original, { starts_at: STARTS }, 'same')));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 201]);
    const id = await copyOf(original, 'same');
    const before = await readAll(id);
    await makeTicketType(under, original, { name: 'Later' });
    const [type] = before.types;
    assert.equal((await under.send('PATCH', `${eventPath(id)}/ticket-types/${type?.id}`, { capacity: 99 })).status, 200);
    const again = await duplicate(original, { starts_at: STARTS }, 'same');
    assert.deepEqual([again.status, again.body['id'], again.headers['idempotency-replayed']], [200, id, 'true']);
    const { types } = await readAll(id);
    assert.deepEqual(
      types.map(({ name, capacity }) => [name, capacity]),
      [
        ['Seat', 99],
        ['Box', 4],
      ],
      'what the organizer has changed since stays',
    );
    assert.equal((await duplicate(original, { starts_at: '2099-07-01T18:00:00Z' }, 'same')).body['code'], 'IDEMPOTENCY_KEY_REUSED');
    assert.equal((await duplicate(original, { starts_at: STARTS, title: 'Other' }, 'same')).status, 422);
  });

  it('that is broken off at any statement is completed by the repeat, with what the original was then', async () => {
    const startsAtMs = Date.parse(STARTS);
    let isPlanned = false;
    let breaks = 0;
    for (let isBroken = true; isBroken; breaks += 1) {
      const original = await makeOriginal();
      const eventId = parseId('evt', original) ?? '';
      const request = { eventId, title: null, startsAtMs, endsAtMs: null, idempotencyKey: 'broken' };
      isBroken = await duplicateEvent(dyingAfter(breaks), request).then(
        () => false,
        () => true,
      );
      await makeTicketType(under, original, { name: 'Later', position: 3 });
      const { types, quotas } = await readAll(await copyOf(original, 'broken'));
      const names = types.map(({ name }) => name);
      // Where the first request has not come to write the event, the repeat is the first.
      isPlanned ||= names.length === 2;
      assert.deepEqual(names, isPlanned ? ['Seat', 'Box'] : ['Seat', 'Box', 'Later'], `broken off after ${breaks} statements`);
      assert.deepEqual(
        quotas.map(({ name, ticket_type_ids: ids }) => [name, ids.length]),
        [['House', 2]],
      );
    }
    assert.ok(isPlanned);
    assert.ok(breaks > 10, `broken off at ${breaks} statements`);
  });

  it('is refused where a time would leave the calendar, and makes nothing', async () => {
    const original = await makeEvent(under, { sale: { sales_start_at: '1970-01-02T00:00:00Z' } });
    const events = async () => (await under.catalog.db.query('select 1 from catalog.events')).length;
    const before = await events();
    for (const [body, field] of [
      [{ starts_at: '2098-05-01T18:00:00Z' }, '/starts_at'],
      [{ starts_at: STARTS, ends_at: '2099-05-31T18:00:00Z' }, '/ends_at'],
      [{ starts_at: '2099-02-30T18:00:00Z' }, '/starts_at'],
    ] as const) {
      const answer = await duplicate(original, body, `refused ${field}`);
      const [error] = answer.body['errors'] as { field: string }[];
      assert.deepEqual([answer.status, error?.field], [400, field]);
    }
    assert.equal(await events(), before);
  });
});

/** The catalog on a server that dies after so many statements of its own; the lane of the sale lives on. */
function dyingAfter(statements: number): Catalog {
  const { db } = under.catalog;
  let count = 0;
  const mayGo = (): boolean => {
    count += 1;
    return count <= statements;
  };
  return {
    ...under.catalog,
    db: {
      ...db,
      query: (text, values) => (mayGo() ? db.query(text, values) : Promise.reject(new Error('gone'))),
      transaction: (work) => (mayGo() ? db.transaction(work) : Promise.reject(new Error('gone'))),
    },
  };
}
