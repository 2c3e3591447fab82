import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildEditing, type Editing } from './editing.ts';
import { openMembers, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;
let eventId: string;
let editing: Editing;

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
  eventId = await members.newEvent(house);
  editing = buildEditing(members, house, eventId);
});
after(() => members.close());

describe('the words of an event', () => {
  it('change where they are named, and are on the record', async () => {
    const before = (await editing.readOwn()).body;
    const body = {
      title: 'Another Evening',
      summary: 'Short.',
      description: 'Long.',
      languages: ['DE-at', 'en', 'de-AT'],
      category: 'music',
      tags: ['  Jazz ', 'OPEN air', 'jazz'],
      picture: '/pictures/music-bars.svg',
    };
    const after = await editing.changed(body);
    const expected = { ...body, languages: ['de-AT', 'en'], tags: ['jazz', 'open air'] };
    assert.deepEqual(after, { ...before, ...expected, version: Number(before['version']) + 1, consequences: null });
    assert.deepEqual((await editing.readOwn()).body, { ...before, ...expected, version: after['version'] });
    const action = await editing.lastAction();
    assert.equal(action['what'], 'event.changed');
    assert.deepEqual(action['after'], expected);
    assert.deepEqual((action['before'] as Json)['title'], 'An Evening');
  });

  it('that stay the same are no change', async () => {
    const { version } = (await editing.readOwn()).body;
    const before = await editing.lastAction();
    assert.equal((await editing.changed({ title: 'Another Evening', move_reason: 'none' }))['version'], version);
    assert.deepEqual(await editing.lastAction(), before);
  });

  it('are taken away by null', async () => {
    const after = await editing.changed({ category: null, picture: null, tags: [], languages: [], summary: '' });
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
    for (const [body, field] of wrong) await editing.refused(body, field);
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
    const { etag } = await editing.readOwn();
    const first = await editing.change({ title: 'Ada’s' }, eventId, { 'if-match': etag });
    assert.equal(first.status, 200);
    assert.notEqual(first.etag, etag);
    const second = await editing.change({ title: 'Grace’s' }, eventId, { 'if-match': etag });
    assert.deepEqual([second.status, second.body['code']], [412, 'CATALOG_CHANGED_MEANWHILE']);
    assert.equal((await editing.readOwn()).body['title'], 'Ada’s');
    const now = first.etag;
    for (const ifMatch of [`W/${now}`, 'nonsense', '""', `${now}x`]) {
      assert.equal((await editing.change({ title: 'Eve’s' }, eventId, { 'if-match': ifMatch })).status, 412, ifMatch);
    }
    for (const ifMatch of [now, '*', `"other", ${now}`]) {
      assert.equal((await editing.change({ title: 'Ada’s' }, eventId, { 'if-match': ifMatch })).status, 200, ifMatch);
    }
  });

  it('at the same moment: one of them is told', async () => {
    const { etag } = await editing.readOwn();
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((summary) => editing.change({ summary }, eventId, { 'if-match': etag })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412]);
  });

  it('different fields at the same moment without a validator: both are kept', async () => {
    await Promise.all([editing.change({ summary: 'By one.' }), editing.change({ description: 'By another.' })]);
    const { body } = await editing.readOwn();
    assert.deepEqual([body['summary'], body['description']], ['By one.', 'By another.']);
  });
});
