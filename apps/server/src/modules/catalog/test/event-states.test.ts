import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SaleState } from '@tessera/contract';
import { EVENT_STATES, type EventState } from '../../sales/event-states.ts';
import { openCatalog, type Answer, type CatalogUnderTest } from './support.ts';
import { eventPath, makeEvent, makeTicketType } from './things.ts';

const STATES = Object.keys(EVENT_STATES) as EventState[];

let under: CatalogUnderTest;

before(async () => {
  under = await openCatalog();
});
after(() => under.close());

/** The states from draft to another, by the moves that are allowed: the shortest way. */
function wayTo(goal: EventState): EventState[] {
  const ways: EventState[][] = [['draft']];
  for (const way of ways) {
    const last = way.at(-1)!;
    if (last === goal) return way.slice(1);
    for (const next of EVENT_STATES[last].next) if (!way.includes(next)) ways.push([...way, next]);
  }
  throw new Error(`no way to ${goal}`);
}

const move = (eventId: string, state: EventState): Promise<Answer> => {
  // Whoever schedules an event says when it is published.
  const body = state === 'scheduled' ? { state, publish_at: '2099-01-01T00:00:00Z' } : { state };
  return under.send('PATCH', `${eventPath(eventId)}/sale`, body);
};

async function eventIn(state: EventState): Promise<{ eventId: string; ticketTypeId: string }> {
  const eventId = await makeEvent(under, { sale: { state: 'draft' } });
  const ticketTypeId = await makeTicketType(under, eventId);
  for (const step of wayTo(state)) assert.equal((await move(eventId, step)).body['state'], step);
  return { eventId, ticketTypeId };
}

it('the contract names the states that there are', () => {
  assert.deepEqual([...SaleState.enum].sort(), [...STATES].sort());
});

for (const from of STATES) {
  describe(`an event that is ${from}`, () => {
    const next: readonly string[] = EVENT_STATES[from].next;
    it('goes along the moves that are allowed, and no other', async () => {
      for (const to of STATES) {
        const answer = await move((await eventIn(from)).eventId, to);
        const isAllowed = from === to || next.includes(to);
        if (isAllowed) assert.deepEqual([answer.status, answer.body['state']], [200, to]);
        else {
          const { code, from: was, to: asked } = answer.body;
          assert.deepEqual([answer.status, code, was, asked], [409, 'SALES_WRONG_EVENT_STATE', from, to]);
        }
      }
    });

    const { isPublic, isSelling } = EVENT_STATES[from];
    it(`is ${isPublic ? 'shown' : 'not shown'} to buyers, and sells ${isSelling ? 'tickets' : 'nothing'}`, async () => {
      const { eventId, ticketTypeId } = await eventIn(from);
      assert.equal((await under.send('GET', `/api/v1/events/${eventId}`)).status, isPublic ? 200 : 404);
      const page = await under.send('GET', '/api/v1/events?limit=100');
      assert.equal(page.text.includes(eventId), isPublic);
      const body = { event_id: eventId, lines: [{ ticket_type_id: ticketTypeId, quantity: 1 }] };
      const held = await under.send('POST', '/api/v1/bookings', body, { token: under.buyerToken() });
      const refused = isPublic ? [409, 'SALES_NOT_ON_SALE'] : [404, 'NOT_FOUND'];
      assert.deepEqual([held.status, held.body['code']], isSelling ? [201, undefined] : refused);
    });
  });
}
