import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildEditing, type Editing } from './editing.ts';
import { fieldOf, openMembers, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;
let editing: Editing;

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
  editing = buildEditing(members, house, await members.newEvent(house));
});
after(() => members.close());

const readPublic = (id: string) => members.send('GET', `/events/${id}`);

describe('a move', () => {
  it('of a draft is no move; of a public event it needs a reason, is kept and shown, and tells whom it concerns', async () => {
    const id = await members.newEvent(house);
    const draft = await editing.changed({ starts_at: '2099-05-01T17:00:00Z' }, id);
    assert.deepEqual([draft['consequences'], draft['moves']], [null, []]);
    const ticketTypeId = await members.newTicketType(id);
    await members.newTicketType(id);
    await members.setState(id, 'on_sale');
    await members.hold(id, ticketTypeId, 3);
    await editing.refused({ starts_at: '2099-05-02T17:00:00Z', ends_at: '2099-05-02T21:00:00Z' }, '/move_reason', id);
    await editing.refused({ venue: { name: 'Elsewhere', city: 'Graz' } }, '/move_reason', id);
    await editing.refused({ place: 'online' }, '/move_reason', id);
    assert.equal((await editing.changed({ title: 'New title' }, id))['consequences'], null);
    const dates = { starts_at: '2099-05-02T17:00:00Z', ends_at: '2099-05-02T21:00:00Z' };
    const moved = await editing.changed({ ...dates, move_reason: 'The hall was flooded.' }, id);
    assert.deepEqual(moved['consequences'], {
      state: 'on_sale',
      tickets_held: 3,
      tickets_sold: 0,
      ticket_types: [{ ticket_type_id: ticketTypeId, held: 3, sold: 0 }],
    });
    assert.equal((await editing.lastAction())['what'], 'event.moved');
    assert.equal(
      (await editing.changed({ ...dates, move_reason: 'The hall was flooded.' }, id))['consequences'],
      null,
      'a repeat moves nothing',
    );
    await editing.changed({ venue: { name: 'Elsewhere', city: 'Graz' }, move_reason: 'Larger.' }, id);
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
      const [answer] = await Promise.all([editing.change({ starts_at: '2099-05-01T17:30:00Z' }, id), members.setState(id, 'published')]);
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
    await editing.refused({ cancellation_reason: 'Storm' }, '/cancellation_reason', id);
    await members.setState(id, 'cancelled');
    await editing.changed({ cancellation_reason: 'Storm' }, id);
    assert.equal((await readPublic(id)).body['cancellation_reason'], 'Storm');
    assert.equal((await editing.changed({ cancellation_reason: null }, id))['cancellation_reason'], null);
  });
});
