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

const readPublic = (id: string) => members.send('GET', `/events/${id}`);

describe('the place', () => {
  it('is a copy of a venue’s words', async () => {
    const hall = { name: 'Big Hall', city: 'Linz', time_zone: 'Europe/Vienna', country: 'AT', latitude: 48.3, longitude: 14.28 };
    const venue = (await members.send('POST', '/venues', { house, body: hall })).body;
    const after = await editing.changed({ venue_id: venue['id'] });
    const place = { name: 'Big Hall', city: 'Linz', address_lines: [], postal_code: '', country: 'AT', latitude: 48.3, longitude: 14.28 };
    assert.deepEqual([after['venue_id'], after['venue']], [venue['id'], place]);
    await members.send('PATCH', `/venues/${String(venue['id'])}`, { house, body: { name: 'Renamed' } });
    assert.deepEqual((await editing.readOwn()).body['venue'], place);
    assert.deepEqual((await editing.changed({ venue_id: venue['id'] }))['venue'], { ...place, name: 'Renamed' });
    assert.equal((await editing.changed({ venue_id: null }))['venue_id'], null);
    const free = await editing.changed({ venue: { name: 'A field', city: 'Wels', address_lines: ['Behind the mill'] } });
    assert.deepEqual((free['venue'] as Json)['address_lines'], ['Behind the mill']);
    assert.equal((free['venue'] as Json)['country'], null);
    await editing.refused({ venue_id: venue['id'], venue: { name: 'A', city: 'B' } }, '/venue');
    await members.send('DELETE', `/venues/${String(venue['id'])}`, { house });
    await editing.refused({ venue_id: venue['id'] }, '/venue_id');
    const other = await members.newHouse();
    const theirs = (await members.send('POST', '/venues', { house: other, body: hall })).body;
    for (const id of [theirs['id'], 'ven_nonsense', eventId]) await editing.refused({ venue_id: id }, '/venue_id');
  });

  it('online: that it is is public, where it is is not', async () => {
    const id = await members.newEvent(house, { state: 'published' });
    await editing.changed({ place: 'both', online_url: 'https://stream.example/secret', move_reason: 'Also online' }, id);
    assert.equal((await editing.readOwn(id)).body['online_url'], 'https://stream.example/secret');
    const page = await readPublic(id);
    assert.deepEqual([page.body['place'], page.body['is_online']], ['both', true]);
    const list = await members.send('GET', '/events?limit=100');
    for (const { body } of [page, list]) assert.ok(!JSON.stringify(body).includes('stream.example'));
    await editing.refused({ place: 'venue', move_reason: 'x' }, '/online_url', id);
    assert.equal((await editing.changed({ place: 'venue', online_url: null, move_reason: 'x' }, id))['is_online'], false);
  });
});

describe('the times', () => {
  it('are given as instants or by the clocks of the zone', async () => {
    const after = await editing.changed({
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
    const answer = await editing.refused({ time_zone: 'Europe/Vienna', starts_at_local: '2027-03-28T02:30' }, '/starts_at_local');
    assert.match(String(answer.body['detail']), /2027-03-28T01:59 and 2027-03-28T03:00/);
    await editing.refused({ time_zone: 'Pacific/Apia', starts_at_local: '2011-12-30T12:00' }, '/starts_at_local');
  });

  it('several days lie inside the whole, one after the other', async () => {
    const days = [
      { title: 'Talks', starts_at_local: '2027-03-27T09:00', ends_at_local: '2027-03-27T18:00' },
      { title: 'Workshops', starts_at_local: '2027-03-28T09:00', ends_at: '2027-03-28T16:00:00Z' },
    ];
    const whole = { time_zone: 'Europe/Vienna', starts_at_local: '2027-03-27T09:00', ends_at_local: '2027-03-28T18:00', doors_at: null };
    const after = await editing.changed({ ...whole, days });
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
    for (const [body, field] of wrong) await editing.refused(body, field);
    assert.deepEqual((await editing.changed({ days: [] }))['days'], []);
  });
});
