import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fieldOf, openMembers, type Answer, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;
let eventId: string;

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
  eventId = await members.newEvent(house);
});
after(() => members.close());

const readOwn = (id = eventId) => members.send('GET', `/events/${id}`, { house });
const readPublic = (id: string) => members.send('GET', `/events/${id}`);
const change = (body: unknown, id = eventId, headers = {}) => members.send('PATCH', `/events/${id}`, { house, body, headers });

async function changed(body: object, id = eventId): Promise<Json> {
  const answer = await change(body, id);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

async function refused(body: unknown, field: string, id = eventId): Promise<Answer> {
  const answer = await change(body, id);
  assert.deepEqual([answer.status, fieldOf(answer)], [400, field], JSON.stringify([body, answer.body]));
  return answer;
}

async function lastAction(): Promise<Json> {
  const { body } = await members.send('GET', '/actions', { house });
  return (body['data'] as Json[])[0] ?? {};
}

describe('the words of an event', () => {
  it('change where they are named, and are on the record', async () => {
    const before = (await readOwn()).body;
    const body = {
      title: 'Another Evening',
      summary: 'Short.',
      description: 'Long.',
      languages: ['DE-at', 'en', 'de-AT'],
      category: 'music',
      tags: ['  Jazz ', 'OPEN air', 'jazz'],
      picture: '/pictures/music-bars.svg',
    };
    const after = await changed(body);
    const expected = { ...body, languages: ['de-AT', 'en'], tags: ['jazz', 'open air'] };
    assert.deepEqual(after, { ...before, ...expected, version: Number(before['version']) + 1, consequences: null });
    assert.deepEqual((await readOwn()).body, { ...before, ...expected, version: after['version'] });
    const action = await lastAction();
    assert.equal(action['what'], 'event.changed');
    assert.deepEqual(action['after'], expected);
    assert.deepEqual((action['before'] as Json)['title'], 'An Evening');
  });

  it('that stay the same are no change', async () => {
    const { version } = (await readOwn()).body;
    const before = await lastAction();
    assert.equal((await changed({ title: 'Another Evening', move_reason: 'none' }))['version'], version);
    assert.deepEqual(await lastAction(), before);
  });

  it('are taken away by null', async () => {
    const after = await changed({ category: null, picture: null, tags: [], languages: [], summary: '' });
    assert.deepEqual([after['category'], after['picture'], after['tags'], after['languages'], after['summary']], [null, null, [], [], '']);
  });

  it('are refused with the field named', async () => {
    const wrong: [unknown, string][] = [
      [{}, ''],
      [[], ''],
      [{ colour: 'red' }, '/colour'],
      [{ state: 'on_sale' }, '/state'],
      [{ organization_id: 'org_x' }, '/organization_id'],
      [{ title: '' }, '/title'],
      [{ title: ' \t' }, '/title'],
      [{ title: null }, '/title'],
      [{ title: 'x'.repeat(201) }, '/title'],
      [{ title: 'a\u0000b' }, '/title'],
      [{ summary: 'x'.repeat(501) }, '/summary'],
      [{ category: 'Music' }, '/category'],
      [{ tags: ['x'.repeat(41)] }, '/tags/0'],
      [{ tags: ['   '] }, '/tags/0'],
      [{ tags: ['a\nb'] }, '/tags/0'],
      [{ tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, '/tags'],
      [{ tags: ['İ'.repeat(40)] }, '/tags/0'],
      [{ languages: ['german'] }, '/languages/0'],
      [{ languages: ['de', 'de_AT'] }, '/languages/1'],
      [{ picture: '/pictures/none.svg' }, '/picture'],
      [{ picture: 'http://a.example/x.png' }, '/picture'],
      [{ picture: '//a.example/x.png' }, '/picture'],
      [{ picture: 'data:image/svg+xml,x' }, '/picture'],
      [{ time_zone: 'Europe/Atlantis' }, '/time_zone'],
      [{ place: 'nowhere' }, '/place'],
      [{ venue: { name: 'A' } }, '/venue/city'],
      [{ venue: { name: 'A', city: 'B', country: 'QQ' } }, '/venue/country'],
      [{ venue: { name: 'A', city: 'B', latitude: 1 } }, '/venue/longitude'],
      [{ online_url: 'https://a.example' }, '/online_url'],
      [{ place: 'online', online_url: 'https://' }, '/online_url'],
      [{ place: 'online', online_url: 'javascript:alert(1)' }, '/online_url'],
      [{ cancellation_reason: 'Rain' }, '/cancellation_reason'],
      [{ terms: '' }, '/terms'],
    ];
    for (const [body, field] of wrong) await refused(body, field);
  });

  it('of others are not there', async () => {
    const other = await members.newHouse();
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { title: 'Mine' }],
    ] as const) {
      assert.equal((await members.send(method, `/events/${eventId}`, { house: other, body })).status, 404);
      assert.equal((await members.send(method, '/events/evt_nonsense', { house, body })).status, 404);
      assert.equal((await members.send(method, `/events/evt_${'0'.repeat(26)}`, { house, body })).status, 404);
    }
  });
});

describe('two people who edit', () => {
  it('lose nothing: the second is told', async () => {
    const { etag } = await readOwn();
    const first = await change({ title: 'Ada’s' }, eventId, { 'if-match': etag });
    assert.equal(first.status, 200);
    assert.notEqual(first.etag, etag);
    const second = await change({ title: 'Grace’s' }, eventId, { 'if-match': etag });
    assert.deepEqual([second.status, second.body['code']], [412, 'CATALOG_CHANGED_MEANWHILE']);
    assert.equal((await readOwn()).body['title'], 'Ada’s');
    const now = first.etag;
    for (const ifMatch of [`W/${now}`, 'nonsense', '""', `${now}x`]) {
      assert.equal((await change({ title: 'Eve’s' }, eventId, { 'if-match': ifMatch })).status, 412, ifMatch);
    }
    for (const ifMatch of [now, '*', `"other", ${now}`]) {
      assert.equal((await change({ title: 'Ada’s' }, eventId, { 'if-match': ifMatch })).status, 200, ifMatch);
    }
  });

  it('at the same moment: one of them is told', async () => {
    const { etag } = await readOwn();
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((summary) => change({ summary }, eventId, { 'if-match': etag })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412]);
  });

  it('different fields at the same moment without a validator: both are kept', async () => {
    await Promise.all([change({ summary: 'By one.' }), change({ description: 'By another.' })]);
    const { body } = await readOwn();
    assert.deepEqual([body['summary'], body['description']], ['By one.', 'By another.']);
  });
});

describe('the place', () => {
  it('is a copy of a venue’s words', async () => {
    const hall = { name: 'Big Hall', city: 'Linz', time_zone: 'Europe/Vienna', country: 'AT', latitude: 48.3, longitude: 14.28 };
    const venue = (await members.send('POST', '/venues', { house, body: hall })).body;
    const after = await changed({ venue_id: venue['id'] });
    const place = { name: 'Big Hall', city: 'Linz', address_lines: [], postal_code: '', country: 'AT', latitude: 48.3, longitude: 14.28 };
    assert.deepEqual([after['venue_id'], after['venue']], [venue['id'], place]);
    await members.send('PATCH', `/venues/${String(venue['id'])}`, { house, body: { name: 'Renamed' } });
    assert.deepEqual((await readOwn()).body['venue'], place);
    assert.deepEqual((await changed({ venue_id: venue['id'] }))['venue'], { ...place, name: 'Renamed' });
    assert.equal((await changed({ venue_id: null }))['venue_id'], null);
    const free = await changed({ venue: { name: 'A field', city: 'Wels', address_lines: ['Behind the mill'] } });
    assert.deepEqual((free['venue'] as Json)['address_lines'], ['Behind the mill']);
    assert.equal((free['venue'] as Json)['country'], null);
    await refused({ venue_id: venue['id'], venue: { name: 'A', city: 'B' } }, '/venue');
    await members.send('DELETE', `/venues/${String(venue['id'])}`, { house });
    await refused({ venue_id: venue['id'] }, '/venue_id');
    const other = await members.newHouse();
    const theirs = (await members.send('POST', '/venues', { house: other, body: hall })).body;
    for (const id of [theirs['id'], 'ven_nonsense', eventId]) await refused({ venue_id: id }, '/venue_id');
  });

  it('online: that it is is public, where it is is not', async () => {
    const id = await members.newEvent(house, { state: 'published' });
    await changed({ place: 'both', online_url: 'https://stream.example/secret', move_reason: 'Also online' }, id);
    assert.equal((await readOwn(id)).body['online_url'], 'https://stream.example/secret');
    const page = await readPublic(id);
    assert.deepEqual([page.body['place'], page.body['is_online']], ['both', true]);
    const list = await members.send('GET', '/events?limit=100');
    for (const { body } of [page, list]) assert.ok(!JSON.stringify(body).includes('stream.example'));
    await refused({ place: 'venue', move_reason: 'x' }, '/online_url', id);
    assert.equal((await changed({ place: 'venue', online_url: null, move_reason: 'x' }, id))['is_online'], false);
  });
});

describe('the times', () => {
  it('are given as instants or by the clocks of the zone', async () => {
    const after = await changed({
      time_zone: 'America/New_York',
      starts_at_local: '2027-11-07T01:30',
      ends_at_local: '2027-11-07T01:30',
      ends_at_fold: 'later',
      doors_at: '2027-11-07T00:30:00-04:00',
    });
    assert.deepEqual(
      [after['starts_at'], after['ends_at'], after['starts_at_local'], after['ends_at_local'], after['doors_at']],
      ['2027-11-07T05:30:00.000Z', '2027-11-07T06:30:00.000Z', '2027-11-07T01:30', '2027-11-07T01:30', '2027-11-07T04:30:00.000Z'],
    );
  });

  it('that clocks skip are refused with the nearest', async () => {
    const answer = await refused({ time_zone: 'Europe/Vienna', starts_at_local: '2027-03-28T02:30' }, '/starts_at_local');
    assert.match(String(answer.body['detail']), /2027-03-28T01:59 and 2027-03-28T03:00/);
    await refused({ time_zone: 'Pacific/Apia', starts_at_local: '2011-12-30T12:00' }, '/starts_at_local');
  });

  it('several days lie inside the whole, one after the other', async () => {
    const days = [
      { title: 'Talks', starts_at_local: '2027-03-27T09:00', ends_at_local: '2027-03-27T18:00' },
      { title: 'Workshops', starts_at_local: '2027-03-28T09:00', ends_at: '2027-03-28T16:00:00Z' },
    ];
    const whole = { time_zone: 'Europe/Vienna', starts_at_local: '2027-03-27T09:00', ends_at_local: '2027-03-28T18:00', doors_at: null };
    const after = await changed({ ...whole, days });
    assert.deepEqual(after['days'], [
      {
        title: 'Talks',
        starts_at: '2027-03-27T08:00:00.000Z',
        ends_at: '2027-03-27T17:00:00.000Z',
        starts_at_local: '2027-03-27T09:00',
        ends_at_local: '2027-03-27T18:00',
      },
      {
        title: 'Workshops',
        starts_at: '2027-03-28T07:00:00.000Z',
        ends_at: '2027-03-28T16:00:00.000Z',
        starts_at_local: '2027-03-28T09:00',
        ends_at_local: '2027-03-28T18:00',
      },
    ]);
    const day = (start: string, end: string) => ({ starts_at_local: start, ends_at_local: end });
    const wrong: [object, string][] = [
      [{ days: [...days].reverse() }, '/days/1/starts_at'],
      [{ days: [days[0], days[0]] }, '/days/1/starts_at'],
      [{ days: [day('2027-03-26T09:00', '2027-03-27T10:00')] }, '/days/0/starts_at'],
      [{ days: [day('2027-03-27T10:00', '2027-03-29T10:00')] }, '/days/0/ends_at'],
      [{ days: [day('2027-03-27T11:00', '2027-03-27T10:00')] }, '/days/0/ends_at'],
      [{ days: [day('2027-03-28T02:00', '2027-03-28T10:00')] }, '/days/0/starts_at_local'],
      [{ days: [{ starts_at_local: '2027-03-27T10:00' }] }, '/days/0/ends_at'],
      [{ days: [{ ...day('2027-03-27T10:00', '2027-03-27T11:00'), room: 1 }] }, '/days/0/room'],
      [{ days: Array.from({ length: 61 }, () => days[0]) }, '/days'],
      // The days that stay must lie inside the new whole.
      [{ starts_at_local: '2027-03-27T12:00' }, '/days/0/starts_at'],
      [{ ends_at_local: '2027-03-26T12:00' }, '/ends_at'],
      [{ doors_at: '2027-03-27T09:00:00Z' }, '/doors_at'],
      [{ starts_at: '2027-03-27T08:00:00Z', starts_at_local: '2027-03-27T09:00' }, '/starts_at_local'],
      [{ starts_at_fold: 'later' }, '/starts_at_fold'],
      [{ starts_at_local: '2027-02-30T09:00' }, '/starts_at_local'],
      [{ starts_at_local: '0000-01-01T00:00' }, '/starts_at_local'],
      [{ starts_at_local: '2027-03-27T09:00Z' }, '/starts_at_local'],
      [{ starts_at: '1969-12-31T00:00:00Z' }, '/starts_at'],
    ];
    for (const [body, field] of wrong) await refused(body, field);
    assert.deepEqual((await changed({ days: [] }))['days'], []);
  });
});

describe('a move', () => {
  it('of a draft is no move; of a public event it needs a reason, is kept and shown, and tells whom it concerns', async () => {
    const id = await members.newEvent(house);
    const draft = await changed({ starts_at: '2099-05-01T17:00:00Z' }, id);
    assert.deepEqual([draft['consequences'], draft['moves']], [null, []]);
    const ticketTypeId = await members.newTicketType(id);
    await members.newTicketType(id);
    await members.setState(id, 'on_sale');
    await members.hold(id, ticketTypeId, 3);
    await refused({ starts_at: '2099-05-02T17:00:00Z', ends_at: '2099-05-02T21:00:00Z' }, '/move_reason', id);
    await refused({ venue: { name: 'Elsewhere', city: 'Graz' } }, '/move_reason', id);
    await refused({ place: 'online' }, '/move_reason', id);
    assert.equal((await changed({ title: 'New title' }, id))['consequences'], null);
    const dates = { starts_at: '2099-05-02T17:00:00Z', ends_at: '2099-05-02T21:00:00Z' };
    const moved = await changed({ ...dates, move_reason: 'The hall was flooded.' }, id);
    assert.deepEqual(moved['consequences'], {
      state: 'on_sale',
      tickets_held: 3,
      tickets_sold: 0,
      ticket_types: [{ ticket_type_id: ticketTypeId, held: 3, sold: 0 }],
    });
    assert.equal((await lastAction())['what'], 'event.moved');
    assert.equal((await changed({ ...dates, move_reason: 'The hall was flooded.' }, id))['consequences'], null, 'a repeat moves nothing');
    await changed({ venue: { name: 'Elsewhere', city: 'Graz' }, move_reason: 'Larger.' }, id);
    const moves = (await readPublic(id)).body['moves'] as Json[];
    assert.deepEqual(
      moves.map(({ reason, before: was, after: is }) => [reason, was, is]),
      [
        [
          'Larger.',
          {
            starts_at: '2099-05-02T17:00:00.000Z',
            ends_at: '2099-05-02T21:00:00.000Z',
            place: 'venue',
            venue: { name: 'The Hall', city: 'Graz' },
          },
          {
            starts_at: '2099-05-02T17:00:00.000Z',
            ends_at: '2099-05-02T21:00:00.000Z',
            place: 'venue',
            venue: { name: 'Elsewhere', city: 'Graz' },
          },
        ],
        [
          'The hall was flooded.',
          {
            starts_at: '2099-05-01T17:00:00.000Z',
            ends_at: '2099-05-01T21:00:00.000Z',
            place: 'venue',
            venue: { name: 'The Hall', city: 'Graz' },
          },
          {
            starts_at: '2099-05-02T17:00:00.000Z',
            ends_at: '2099-05-02T21:00:00.000Z',
            place: 'venue',
            venue: { name: 'The Hall', city: 'Graz' },
          },
        ],
      ],
    );
  });

  it('is not missed by an event that becomes public at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await members.newEvent(house);
      const [answer] = await Promise.all([change({ starts_at: '2099-05-01T17:30:00Z' }, id), members.setState(id, 'published')]);
      // Either it was still a draft for everybody, or it is told that a reason is missing.
      assert.ok(answer.status === 200 || fieldOf(answer) === '/move_reason', JSON.stringify(answer.body));
      const { body } = await readPublic(id);
      assert.deepEqual(
        [body['starts_at'], body['moves']],
        [answer.status === 200 ? '2099-05-01T17:30:00.000Z' : '2099-05-01T18:00:00.000Z', []],
      );
    }
  });

  it('a cancelled event says why', async () => {
    const id = await members.newEvent(house, { state: 'on_sale' });
    await refused({ cancellation_reason: 'Storm' }, '/cancellation_reason', id);
    await members.setState(id, 'cancelled');
    await changed({ cancellation_reason: 'Storm' }, id);
    assert.equal((await readPublic(id)).body['cancellation_reason'], 'Storm');
    assert.equal((await changed({ cancellation_reason: null }, id))['cancellation_reason'], null);
  });
});
