import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { configure, confirmBooking, type ConfiguredOutcome, type Refusal } from '../index.ts';
import { anId, bookingIn, hold, type EventUnderTest } from './buyers.ts';
import { assertSound, readCounters } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const sales = await openSales();
const other = await openSales({ url: sales.url });
after(async () => {
  await other.closeAll();
  await sales.closeAll();
});

/** An event of twenty tickets of which three are held, two sold and one is set aside. */
async function takenEvent(): Promise<EventUnderTest> {
  const event = await openEvent(sales, [{ capacity: 20 }]);
  await hold(sales, event, { quantity: 3 });
  const { id } = bookingIn(await hold(sales, event, { quantity: 2 }));
  const actor = { kind: 'organizer' } as const;
  await confirmBooking(sales, { eventId: event.eventId, bookingId: id, actor, idempotencyKey: anId(), tender: 'external' });
  assert.equal((await setAside(event, 1)).kind, 'configured');
  return event;
}

const ids = ({ ticketTypeIds }: EventUnderTest) => ({ commandId: anId(), fingerprint: anId(), ticketTypeId: ticketTypeIds[0] ?? '' });

const setAside = (event: EventUnderTest, quantity: number): Promise<ConfiguredOutcome | Refusal> =>
  configure(sales, event.eventId, { kind: 'set-aside', ...ids(event), quantity });

const setCapacity = (event: EventUnderTest, capacity: number, on = sales): Promise<ConfiguredOutcome | Refusal> =>
  configure(on, event.eventId, { kind: 'change-ticket-type', ...ids(event), capacity, changes: {} });

describe('a capacity below what is held, sold and set aside', () => {
  test('is refused with what is possible, and what is possible is granted', async () => {
    const event = await takenEvent();
    const refused = await setCapacity(event, 5);
    assert.deepEqual(refused, { kind: 'capacity_too_low', possible: 6, subjectId: event.ticketTypeIds[0] });
    assert.deepEqual(await readCounters(sales.db, event.eventId), { capacity: 20, held: 3, sold: 2, setAside: 1 });
    assert.equal((await setCapacity(event, 6)).kind, 'configured');
    assert.equal((await hold(sales, event)).kind, 'sold_out');
    await assertSound(sales.db, event.eventId);
  });

  test('is refused for a quota too', async () => {
    const event = await takenEvent();
    const quotaId = anId();
    const command = { commandId: anId(), fingerprint: anId(), quotaId, ticketTypeIds: event.ticketTypeIds };
    const refused = await configure(sales, event.eventId, { kind: 'create-quota', ...command, capacity: 5 });
    assert.deepEqual(refused, { kind: 'capacity_too_low', possible: 6, subjectId: quotaId });
    const granted = await configure(sales, event.eventId, { kind: 'create-quota', ...command, commandId: anId(), capacity: 6 });
    assert.equal(granted.kind, 'configured');
    assert.equal((await hold(sales, event)).kind, 'sold_out');
  });

  test('is never reached in a race of buyers and the organizer at two servers', async () => {
    const event = await openEvent(sales, [{ capacity: 200 }]);
    const buyers = Array.from({ length: 300 }, (_, at) => hold(at % 2 === 0 ? sales : other, event));
    const cuts = Array.from({ length: 20 }, (_, at) => setCapacity(event, 190 - 10 * at, at % 2 === 0 ? other : sales));
    await Promise.all([...buyers, ...cuts]);
    const { capacity, held } = await readCounters(sales.db, event.eventId);
    assert.ok(held <= capacity && capacity < 200, `${held} held of ${capacity}`);
    await assertSound(sales.db, event.eventId);
  });
});
