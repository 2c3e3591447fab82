import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fieldOf, openMembers, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;
const HALL = {
  name: 'The Hall',
  city: 'Graz',
  address_lines: ['Hauptplatz 1', 'Second floor'],
  postal_code: '8010',
  country: 'AT',
  latitude: 47.0707,
  longitude: 15.4382,
  time_zone: 'Europe/Vienna',
};

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
});
after(() => members.close());

async function newVenue(body: object = HALL): Promise<string> {
  const answer = await members.send('POST', '/venues', { house, body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return String(answer.body['id']);
}

describe('venues', () => {
  it('are made, read, changed, listed and archived, each on the record', async () => {
    const id = await newVenue();
    const read = (await members.send('GET', `/venues/${id}`, { house })).body;
    assert.deepEqual({ ...HALL, id, created_at: read['created_at'], archived_at: null }, read);
    const changed = await members.send('PATCH', `/venues/${id}`, { house, body: { postal_code: '8020', latitude: null, longitude: null } });
    assert.deepEqual(changed.body, { ...read, postal_code: '8020', latitude: null, longitude: null });
    assert.equal((await members.send('DELETE', `/venues/${id}`, { house })).status, 204);
    assert.equal((await members.send('DELETE', `/venues/${id}`, { house })).status, 204, 'a repeat');
    const ids = async (query: string) =>
      ((await members.send('GET', `/venues${query}`, { house })).body['data'] as Json[]).map((venue) => venue['id']);
    assert.ok(!(await ids('')).includes(id));
    assert.ok((await ids('?archived=true')).includes(id));
    const actions = (await members.send('GET', '/actions', { house })).body['data'] as Json[];
    assert.deepEqual(
      actions.map(({ what }) => what),
      ['venue.archived', 'venue.changed', 'venue.created'],
    );
    assert.deepEqual(actions[1]?.['before'], { postal_code: '8010', latitude: 47.0707, longitude: 15.4382 });
    assert.deepEqual(actions[1]?.['after'], { postal_code: '8020', latitude: null, longitude: null });
  });

  it('are made once per key, also at the same time', async () => {
    const make = (body: object) => members.send('POST', '/venues', { house, body, headers: { 'idempotency-key': 'hall' } });
    const answers = await Promise.all([HALL, HALL, HALL].map(make));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 201]);
    assert.equal(new Set(answers.map(({ body }) => body['id'])).size, 1);
    assert.equal((await make({ ...HALL, name: 'Other' })).body['code'], 'IDEMPOTENCY_KEY_REUSED');
    const other = await members.newHouse();
    const elsewhere = await members.send('POST', '/venues', { house: other, body: HALL, headers: { 'idempotency-key': 'hall' } });
    assert.equal(elsewhere.status, 201, 'another’s key is another’s');
  });

  it('are refused with the field named', async () => {
    const wrong: [object, string][] = [
      [{ name: ' ' }, '/name'],
      [{ name: 'x'.repeat(201) }, '/name'],
      [{ country: 'XX' }, '/country'],
      [{ country: 'at' }, '/country'],
      [{ country: 'UK' }, '/country'],
      [{ latitude: null }, '/latitude'],
      [{ longitude: null }, '/longitude'],
      [{ latitude: 90.01 }, '/latitude'],
      [{ longitude: -180.5 }, '/longitude'],
      [{ latitude: '47' }, '/latitude'],
      [{ time_zone: 'Mars/Olympus' }, '/time_zone'],
      [{ time_zone: '+01:00' }, '/time_zone'],
      [{ address_lines: ['a', 'b', 'c', 'd', 'e'] }, '/address_lines'],
      [{ address_lines: [''] }, '/address_lines/0'],
      [{ street: 'x' }, '/street'],
      [{ name: 'a\u0000b' }, '/name'],
    ];
    const id = await newVenue();
    for (const [changes, field] of wrong) {
      for (const answer of [
        await members.send('POST', '/venues', { house, body: { ...HALL, ...changes } }),
        await members.send('PATCH', `/venues/${id}`, { house, body: changes }),
      ]) {
        assert.deepEqual([answer.status, fieldOf(answer)], [400, field], JSON.stringify([changes, answer.body]));
      }
    }
    assert.equal(fieldOf(await members.send('PATCH', `/venues/${id}`, { house, body: {} })), '');
  });

  it('of others are not there', async () => {
    const id = await newVenue();
    const other = await members.newHouse();
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { name: 'Mine' }],
      ['DELETE', undefined],
    ] as const) {
      assert.equal((await members.send(method, `/venues/${id}`, { house: other, body })).status, 404);
      assert.equal((await members.send(method, '/venues/ven_nonsense', { house, body })).status, 404);
    }
  });
});
