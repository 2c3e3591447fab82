import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fieldOf, openMembers, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;
let eventId: string;

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
  eventId = await members.newEvent(house, { state: 'on_sale' });
});
after(() => members.close());

const ask = (body: object, id = eventId, headers = {}) => members.send('POST', `/events/${id}/questions`, { house, body, headers });
const change = (question: unknown, body: object) =>
  members.send('PATCH', `/events/${eventId}/questions/${String(question)}`, { house, body });
const archive = (question: unknown) => members.send('DELETE', `/events/${eventId}/questions/${String(question)}`, { house });
const shown = async (id = eventId) => (await members.send('GET', `/events/${id}`)).body['questions'] as Json[];

describe('questions', () => {
  it('are asked, changed and archived, and stand on the page', async () => {
    const meal = (
      await ask({ label: 'Meal', kind: 'choice', options: ['Fish', 'Beans'], required: true, asked_per: 'ticket', position: 2 })
    ).body;
    const name = (await ask({ label: 'Name on the badge', kind: 'text', position: 1 })).body;
    assert.deepEqual(
      [name['help'], name['required'], name['asked_per'], name['options'], name['ticket_type_ids'], name['archived_at']],
      ['', false, 'booking', [], [], null],
    );
    assert.deepEqual(
      (await shown()).map(({ id }) => id),
      [name['id'], meal['id']],
    );
    const changed = await change(meal['id'], { options: ['Fish', 'Beans', 'Nothing'], position: 0 });
    assert.deepEqual(changed.body, { ...meal, options: ['Fish', 'Beans', 'Nothing'], position: 0 });
    assert.deepEqual(
      (await shown()).map(({ id }) => id),
      [meal['id'], name['id']],
    );
    assert.equal((await archive(name['id'])).status, 204);
    assert.equal((await archive(name['id'])).status, 204, 'a repeat');
    assert.deepEqual(
      (await shown()).map(({ id }) => id),
      [meal['id']],
    );
    assert.equal((await archive(meal['id'])).status, 204);
    assert.deepEqual(await shown(), []);
    const all = (await members.send('GET', `/events/${eventId}/questions`, { house })).body['data'] as Json[];
    assert.equal(all.filter(({ archived_at: at }) => at !== null).length, 2);
    const actions = (await members.send('GET', '/actions', { house })).body['data'] as Json[];
    assert.deepEqual(
      actions.slice(0, 5).map(({ what }) => what),
      ['question.archived', 'question.archived', 'question.changed', 'question.created', 'question.created'],
    );
  });

  it('are about ticket types of the event, and shown with those', async () => {
    const id = await members.newEvent(house, { state: 'on_sale' });
    const type = await members.newTicketType(id);
    const answer = await ask({ label: 'Size', kind: 'text', ticket_type_ids: [type] }, id);
    assert.deepEqual(answer.body['ticket_type_ids'], [type]);
    assert.deepEqual(
      (await shown(id)).map(({ ticket_type_ids: ids }) => ids),
      [[type]],
    );
    const other = await members.newTicketType(await members.newEvent(house));
    for (const wrong of [other, `${type.slice(0, 30)}${'0'.repeat(26)}`, 'typ_x']) {
      assert.equal(fieldOf(await ask({ label: 'Size', kind: 'text', ticket_type_ids: [type, wrong] }, id)), '/ticket_type_ids/1');
    }
  });

  it('are made once per key', async () => {
    const send = (label: string) => ask({ label, kind: 'yes_no' }, eventId, { 'idempotency-key': 'same' });
    const answers = await Promise.all([send('Here?'), send('Here?'), send('Here?')]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 201]);
    assert.equal((await send('There?')).body['code'], 'IDEMPOTENCY_KEY_REUSED');
  });

  it('are refused with the field named', async () => {
    const wrong: [object, string][] = [
      [{ label: '' }, '/label'],
      [{ label: ' ' }, '/label'],
      [{ label: 'x'.repeat(301) }, '/label'],
      [{ kind: 'poem' }, '/kind'],
      [{ kind: 'choice' }, '/options'],
      [{ kind: 'choices', options: [] }, '/options'],
      [{ kind: 'choice', options: ['a', 'a'] }, '/options'],
      [{ kind: 'choice', options: [' '] }, '/options/0'],
      [{ kind: 'text', options: ['a'] }, '/options'],
      [{ asked_per: 'person' }, '/asked_per'],
      [{ position: -1 }, '/position'],
      [{ position: 1.5 }, '/position'],
      [{ required: 'yes' }, '/required'],
      [{ answer: 42 }, '/answer'],
    ];
    for (const [body, field] of wrong) {
      const answer = await ask({ label: 'A', kind: 'text', ...body });
      assert.deepEqual([answer.status, fieldOf(answer)], [400, field], JSON.stringify([body, answer.body]));
    }
    const { id } = (await ask({ label: 'A', kind: 'text' })).body;
    for (const [body, field] of [
      [{ kind: 'number' }, '/kind'],
      [{ options: ['a'] }, '/options'],
      [{}, ''],
    ] as const) {
      assert.equal(fieldOf(await change(id, body)), field);
    }
  });

  it('of others are not there', async () => {
    const { id } = (await ask({ label: 'A', kind: 'text' })).body;
    const other = await members.newHouse();
    const theirs = await members.newEvent(other);
    const url = `/events/${eventId}/questions`;
    assert.equal((await members.send('GET', url, { house: other })).status, 404);
    assert.equal((await members.send('POST', url, { house: other, body: { label: 'A', kind: 'text' } })).status, 404);
    for (const path of [`${url}/${String(id)}`, `/events/${theirs}/questions/${String(id)}`]) {
      assert.equal((await members.send('PATCH', path, { house: other, body: { label: 'B' } })).status, 404);
      assert.equal((await members.send('DELETE', path, { house: other })).status, 404);
    }
    assert.equal((await change(`que_${'0'.repeat(52)}`, { label: 'B' })).status, 404);
  });

  it('are fifty at most, also when they are asked at the same time', async () => {
    const id = await members.newEvent(house);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => ask({ label: `Q${index}`, kind: 'text' }, id)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 50);
    const refusal = answers.find(({ status }) => status !== 201);
    assert.deepEqual([refusal?.status, refusal?.body['code']], [409, 'CATALOG_TOO_MANY']);
    const [first] = answers.filter(({ status }) => status === 201);
    await members.send('DELETE', `/events/${id}/questions/${String(first?.body['id'])}`, { house });
    assert.equal((await ask({ label: 'One more', kind: 'text' }, id)).status, 201);
  });
});
