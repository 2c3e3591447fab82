import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fieldOf, openMembers, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
});
after(() => members.close());

const change = (body: object) => members.send('PATCH', '/profile', { house, body });
const readPublic = (headers = {}) => members.send('GET', `/organizations/by-slug/${house.slug}`, { headers });

describe('the profile of an organization', () => {
  it('is empty at first, is changed field by field, and is everybody’s to read', async () => {
    const empty = await readPublic();
    assert.deepEqual([empty.status, empty.body['name'], empty.body['imprint']], [200, 'House', null]);
    assert.deepEqual(empty.body['branding'], { accent_colour: null, text_colour: null, contrast: null, logo: null });
    const first = await change({ imprint: 'House Ltd., Graz', accent_colour: '#B9472E', contact_email: 'hello@house.example' });
    assert.equal(first.status, 200, JSON.stringify(first.body));
    await change({ website: 'https://house.example', logo: '/pictures/music-bars.svg', contact_email: null });
    const { body } = await readPublic();
    assert.deepEqual([body['imprint'], body['website'], body['contact_email']], ['House Ltd., Graz', 'https://house.example', null]);
    assert.deepEqual(body['branding'], {
      accent_colour: '#b9472e',
      text_colour: '#ffffff',
      contrast: 5.24,
      logo: '/pictures/music-bars.svg',
    });
  });

  it('has a validator that follows it', async () => {
    const { etag } = await readPublic();
    assert.equal((await readPublic({ 'if-none-match': etag })).status, 304);
    await change({ website: 'https://other.example' });
    assert.equal((await readPublic({ 'if-none-match': etag })).status, 200);
  });

  it('stands on the page of every event, whose own terms go before', async () => {
    await change({ terms: 'Terms of the house.', refund_policy: 'No refunds.', privacy_url: 'https://house.example/privacy' });
    const eventId = await members.newEvent(house, { state: 'on_sale' });
    const page = (headers = {}) => members.send('GET', `/events/${eventId}`, { headers });
    const { body, etag } = await page();
    assert.deepEqual([body['terms'], body['refund_policy']], ['Terms of the house.', 'No refunds.']);
    const organizer = body['organizer'] as Json;
    assert.equal(organizer['privacy_url'], 'https://house.example/privacy');
    assert.ok(!('terms' in organizer));
    await change({ terms: 'Other terms.' });
    assert.equal((await page({ 'if-none-match': etag })).body['terms'], 'Other terms.', 'a change of the house is a change of the page');
    await members.send('PATCH', `/events/${eventId}`, { house, body: { terms: 'Terms of the evening.' } });
    assert.deepEqual([(await page()).body['terms'], (await page()).body['refund_policy']], ['Terms of the evening.', 'No refunds.']);
    const own = (await members.send('GET', `/events/${eventId}`, { house })).body;
    assert.deepEqual([own['terms'], own['refund_policy']], ['Terms of the evening.', null]);
  });

  it('is on the record, without the names and addresses in it', async () => {
    await change({ imprint: 'Ada Lovelace, Graz', contact_email: 'ada@house.example', accent_colour: '#000000' });
    await change({ imprint: 'Evie Lovelace, Graz' });
    const answer = await members.send('GET', '/actions', { house });
    assert.ok(!/Lovelace|ada@/.test(JSON.stringify(answer.body)));
    const actions = answer.body['data'] as Json[];
    assert.deepEqual([actions[0]?.['what'], actions[0]?.['after']], ['profile.changed', { imprint: { characters: 19 } }]);
    const before = actions[1]?.['after'] as Json;
    assert.equal(before['accent_colour'], '#000000');
  });

  it('is refused with the field named', async () => {
    const wrong: [object, string][] = [
      [{ accent_colour: 'red' }, '/accent_colour'],
      [{ accent_colour: '#fff' }, '/accent_colour'],
      [{ website: 'http://house.example' }, '/website'],
      [{ website: 'https://' }, '/website'],
      [{ website: 'https://u:p@house.example' }, '/website'],
      [{ privacy_url: 'javascript:alert(1)' }, '/privacy_url'],
      [{ logo: '/pictures/none.svg' }, '/logo'],
      [{ logo: '//evil.example/x.svg' }, '/logo'],
      [{ logo: '/internal/events' }, '/logo'],
      [{ contact_email: 'nobody' }, '/contact_email'],
      [{ imprint: 'x'.repeat(5_001) }, '/imprint'],
      [{ terms: '' }, '/terms'],
      [{ name: 'Other' }, '/name'],
      [{}, ''],
    ];
    for (const [body, field] of wrong) {
      const answer = await change(body);
      assert.deepEqual([answer.status, fieldOf(answer)], [400, field], JSON.stringify(answer.body));
    }
  });

  it('is not there under another short name', async () => {
    assert.equal((await members.send('GET', '/organizations/by-slug/nobody')).status, 404);
    assert.equal((await members.send('GET', '/organizations/by-slug/NOBODY')).status, 400);
  });
});
