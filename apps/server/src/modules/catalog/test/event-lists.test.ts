import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fieldOf, openMembers, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;
const named = new Map<string, string>();

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
  const make = async (name: string, day: number, words: object) => {
    const [startsAtMs, endsAtMs] = [Date.UTC(2099, 0, day, 18), Date.UTC(2099, 0, day, 22)];
    const id = await members.newEvent(house, { state: name === 'draft' ? 'draft' : 'published' }, { startsAtMs, endsAtMs });
    const answer = await members.send('PATCH', `/events/${id}`, { house, body: { move_reason: 'x', ...words } });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    named.set(id, name);
  };
  await make('jazz', 1, { category: 'music', tags: ['jazz', 'late'], languages: ['de-AT', 'en'], venue: { name: 'A', city: 'Wien' } });
  await make('opera', 2, { category: 'music', tags: ['late'], languages: ['it'], venue: { name: 'B', city: 'WIEN' } });
  await make('talk', 3, { category: 'conference', tags: ['jazz'], languages: ['de'], venue: { name: 'C', city: 'São Paulo' } });
  await make('draft', 4, { category: 'music', tags: ['jazz'], languages: ['de'], venue: { name: 'A', city: 'Wien' } });
});
after(() => members.close());

const list = async (query: string) => {
  const answer = await members.send('GET', `/events${query}`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return (answer.body['data'] as Json[]).map(({ id }) => named.get(String(id)));
};

describe('the public list', () => {
  it('is narrowed by what events are, where and when', async () => {
    const expected: [string, string[]][] = [
      ['', ['jazz', 'opera', 'talk']],
      ['?category=music', ['jazz', 'opera']],
      ['?tag=JAZZ', ['jazz', 'talk']],
      ['?tag=jazz&category=conference', ['talk']],
      ['?language=de', ['jazz', 'talk']],
      ['?language=DE-at', ['jazz']],
      ['?language=de-DE', []],
      ['?city=wien', ['jazz', 'opera']],
      ['?city=S%C3%A3o%20Paulo', ['talk']],
      ['?city=%25', []],
      ['?from=2099-01-02T00:00:00Z', ['opera', 'talk']],
      ['?from=2099-01-01T20:00:00Z&until=2099-01-02T18:00:00Z', ['jazz']],
      ['?until=2099-01-03T18:00:01Z', ['jazz', 'opera', 'talk']],
      ['?category=food', []],
      ['?tag=%27%20or%201%3D1', []],
    ];
    for (const [query, names] of expected) assert.deepEqual(await list(query), names, query);
  });

  it('is walked under a filter, page by page', async () => {
    const first = await members.send('GET', '/events?category=music&limit=1');
    const [event] = first.body['data'] as Json[];
    assert.deepEqual([named.get(String(event?.['id'])), first.body['has_more']], ['jazz', true]);
    assert.deepEqual(await list(`?category=music&limit=1&starting_after=${String(event?.['id'])}`), ['opera']);
  });

  it('shows what an event is', async () => {
    const answer = await members.send('GET', '/events?tag=jazz&limit=1');
    const [event] = answer.body['data'] as Json[];
    assert.deepEqual(
      [event?.['category'], event?.['tags'], event?.['languages'], event?.['place'], event?.['is_online'], event?.['days']],
      ['music', ['jazz', 'late'], ['de-AT', 'en'], 'venue', false, []],
    );
    assert.deepEqual([event?.['starts_at_local'], event?.['ends_at_local']], ['2099-01-01T19:00', '2099-01-01T23:00']);
  });

  it('refuses filters that are none, naming them', async () => {
    for (const [query, field] of [
      ['category=Music', '/query/category'],
      ['tag=', '/query/tag'],
      ['tag=%20', '/query/tag'],
      ['language=german', '/query/language'],
      ['language=d', '/query/language'],
      ['city=', '/query/city'],
      ['from=yesterday', '/query/from'],
      ['until=1969-01-01T00:00:00Z', '/query/until'],
      ['near=Wien', '/query/near'],
    ] as const) {
      assert.equal(fieldOf(await members.send('GET', `/events?${query}`)), field);
    }
  });

  it('finds by its indexes: none of them is of a table that a lane reads', async () => {
    const rows = await members.db.query<{ name: string }>(
      "select indexname as name from pg_indexes where schemaname = 'catalog' and tablename = 'events' order by 1",
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      [
        'events_by_category',
        'events_by_city',
        'events_by_language',
        'events_by_organization',
        'events_by_start',
        'events_by_tag',
        'events_by_test',
        'events_pkey',
      ],
    );
  });
});

describe('an organization’s own list', () => {
  const own = async (query: string) => {
    const answer = await members.send('GET', `/events${query}`, { house });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return {
      names: (answer.body['data'] as Json[]).map(({ id }) => named.get(String(id))),
      more: answer.body['has_more'],
      body: answer.body,
    };
  };

  it('has drafts, too, a page at a time', async () => {
    const { names, more } = await own('');
    assert.deepEqual([names, more], [['jazz', 'opera', 'talk', 'draft'], false]);
    const first = await own('?limit=3');
    assert.deepEqual([first.names, first.more], [['jazz', 'opera', 'talk'], true]);
    const last = (first.body['data'] as Json[]).at(-1);
    assert.deepEqual((await own(`?limit=3&starting_after=${String(last?.['id'])}`)).names, ['draft']);
  });

  it('knows no events of others', async () => {
    const other = await members.newHouse();
    assert.deepEqual((await members.send('GET', '/events', { house: other })).body, { data: [], has_more: false });
    const [theirs] = [...named.keys()];
    const answer = await members.send('GET', `/events?starting_after=${theirs}`, { house: other });
    assert.equal(fieldOf(answer), '/query/starting_after');
  });
});

describe('the pictures that ship', () => {
  it('are listed, and each is there', async () => {
    const { status, body } = await members.send('GET', '/pictures');
    const pictures = body['data'] as Json[];
    assert.deepEqual([status, pictures.length], [200, 24]);
    assert.deepEqual(pictures[0], {
      id: 'music-bars',
      path: '/pictures/music-bars.svg',
      category: 'music',
      alt: 'Mosaic of columns that rise and fall like sound.',
    });
  });
});
