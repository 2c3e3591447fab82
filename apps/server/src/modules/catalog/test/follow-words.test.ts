import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseId } from '../../../platform/ids/index.ts';
import { insertMove } from '../queries/event-words.ts';
import { buildEditing, type Editing } from './editing.ts';
import { openMembers, type House, type Json, type Members } from './members.ts';

let members: Members;
let house: House;
let editing: Editing;

before(async () => {
  members = await openMembers();
  house = await members.newHouse();
  editing = buildEditing(members, house, await members.newEvent(house));
});
after(() => members.close());

const uuidOf = (id: string): string => parseId('evt', id) ?? assert.fail(id);
const saleOf = async (id: string) => (await members.send('GET', `/events/${id}/sale`, { house })).body;
const words = (reason: string) => ({ move_reason: reason, starts_at: '2099-06-01T18:00:00Z', ends_at: '2099-06-01T21:00:00.123Z' });

/** What others were told of an event's sale, the first first. */
async function factsOf(id: string): Promise<{ type: string; payload: Json }[]> {
  return members.db.query('select type, payload from facts.facts where event_id = $1 order by seq', [uuidOf(id)]);
}

describe('the sale of an event', () => {
  it('ends when the words of a draft say so; that is no move', async () => {
    const id = await members.newEvent(house);
    assert.equal((await saleOf(id))['ends_at'], '2099-05-01T21:00:00.000Z');
    await editing.changed({ ends_at: '2099-05-01T22:00:00.001Z' }, id);
    assert.equal((await saleOf(id))['ends_at'], '2099-05-01T22:00:00.001Z');
    await editing.changed({ title: 'Another' }, id);
    assert.deepEqual(
      (await factsOf(id)).map(({ type, payload }) => [type, payload]),
      [['sale.changed', { endsAtMs: Date.parse('2099-05-01T22:00:00.001Z') }]],
    );
  });

  it('follows every move, and tells it once, also where it ends as before', async () => {
    const id = await members.newEvent(house, { state: 'on_sale' });
    await editing.changed(words('Storm'), id);
    await editing.changed(words('Storm'), id);
    await editing.changed({ venue: { name: 'Elsewhere', city: 'Graz' }, move_reason: 'Larger' }, id);
    assert.equal((await saleOf(id))['ends_at'], '2099-06-01T21:00:00.123Z');
    const facts = await factsOf(id);
    assert.deepEqual(
      facts.map(({ type, payload }) => [type, payload['number'], payload['reason'], payload['endsAtMs']]),
      [
        ['event.moved', 1, 'Storm', Date.parse('2099-06-01T21:00:00.123Z')],
        ['event.moved', 2, 'Larger', Date.parse('2099-06-01T21:00:00.123Z')],
      ],
    );
    const [was, is] = [facts[1]?.payload['before'] as Json, facts[1]?.payload['after'] as Json];
    assert.deepEqual(
      [was['venue'], is['venue']],
      [
        { name: 'The Hall', city: 'Graz' },
        { name: 'Elsewhere', city: 'Graz' },
      ],
    );
  });

  it('that a crash has left behind is brought in line by the next request, also by one that is refused', async () => {
    for (const next of [
      () => ({ body: { title: 'An Evening' }, headers: {} }),
      () => ({ body: { title: 'Late' }, headers: { 'if-match': '"old"' } }),
    ]) {
      const id = await members.newEvent(house, { state: 'on_sale' });
      const eventId = uuidOf(id);
      const dates = (day: string) => ({ starts_at: `${day}T18:00:00.000Z`, ends_at: `${day}T21:00:00.000Z`, place: 'venue' as const });
      const venue = { name: 'The Hall', city: 'Graz' };
      const [was, is] = [
        { ...dates('2099-05-01'), venue },
        { ...dates('2099-05-02'), venue },
      ];
      // What the words' transaction has written, before the server died.
      await members.db.transaction(async (tx) => {
        await tx.query('update catalog.events set starts_at = $2, ends_at = $3 where event_id = $1', [eventId, is.starts_at, is.ends_at]);
        await insertMove(tx, eventId, { at: new Date(), before: was, after: is, reason: 'Storm' });
      });
      assert.equal((await saleOf(id))['ends_at'], was.ends_at);
      const { body, headers } = next();
      await editing.change(body, id, headers);
      assert.equal((await saleOf(id))['ends_at'], is.ends_at);
      assert.deepEqual(
        (await factsOf(id)).map(({ type }) => type),
        ['event.moved'],
      );
    }
  });

  it('ends where the last of those who move it at once has said', async () => {
    const id = await members.newEvent(house, { state: 'on_sale' });
    const days = ['02', '03', '04', '05', '06', '07'];
    await Promise.all(days.map((day) => editing.changed({ ends_at: `2099-07-${day}T21:00:00Z`, move_reason: `To the ${day}th` }, id)));
    const { body } = await editing.readOwn(id);
    assert.equal((await saleOf(id))['ends_at'], body['ends_at']);
    const told = (await factsOf(id)).filter(({ type }) => type === 'event.moved').map(({ payload }) => Number(payload['number']));
    assert.deepEqual(told.toSorted(), [1, 2, 3, 4, 5, 6]);
  });

  it('ends by itself where it was moved into the past, and is opened again once it ends later', async () => {
    const id = await members.newEvent(house, { state: 'on_sale' });
    const ticketTypeId = await members.newTicketType(id);
    await editing.changed({ starts_at: '2020-01-01T18:00:00Z', ends_at: '2020-01-01T21:00:00Z', move_reason: 'By mistake' }, id);
    await members.newTicketType(id);
    assert.equal((await saleOf(id))['state'], 'ended');
    await editing.changed(words('Back'), id);
    await members.setState(id, 'on_sale');
    await members.hold(id, ticketTypeId, 1);
    assert.equal((await saleOf(id))['state'], 'on_sale');
  });
});
