import assert from 'node:assert/strict';
import { systemClock } from '../../../platform/clock/index.ts';
import { auditEvent, offerTickets, readBookings, readSale, receivePayment, withdrawOffers, type Booking, type Sales } from '../index.ts';
import { anId, bookingIn, hold, type EventUnderTest } from './buyers.ts';
import { assertSound } from './recount.ts';
import { openEvent } from './support.ts';

export const PRICE_MINOR = 1_500;

/** What sellers and buyers of offered tickets do at two servers of one database. */
export function sellersAt(one: Sales, other: Sales) {
  const anEvent = (capacity: number, priceMinor = PRICE_MINOR): Promise<EventUnderTest> =>
    openEvent(one, [{ capacity, terms: { priceMinor } }]);

  async function pay({ eventId }: EventUnderTest, { id, totalMinor }: Booking): Promise<Booking> {
    const payment = { eventId, bookingId: id, paymentRef: `pay-${id}`, receivedMinor: totalMinor, currency: 'EUR' };
    return bookingIn(await receivePayment(one, payment));
  }

  async function sell(event: EventUnderTest, quantity = 1): Promise<Booking> {
    return pay(event, bookingIn(await hold(one, event, { quantity })));
  }

  function offer({ eventId }: EventUnderTest, { id, buyerKey }: Booking, tickets: readonly number[] = [1]) {
    return offerTickets(one, { eventId, bookingId: id, actor: { kind: 'buyer', buyerKey }, idempotencyKey: anId(), tickets });
  }

  function withdraw({ eventId }: EventUnderTest, { id, buyerKey }: Booking, tickets: readonly number[] = [1]) {
    return withdrawOffers(other, { eventId, bookingId: id, actor: { kind: 'buyer', buyerKey }, idempotencyKey: anId(), tickets });
  }

  async function read({ eventId }: EventUnderTest, { id }: Booking): Promise<Booking> {
    const { bookings } = await readBookings(one, { eventId, bookingIds: [id] });
    return bookings[0] ?? assert.fail('there is no such booking');
  }

  /** What PostgreSQL counts, and what the audit finds. */
  async function assertClean({ eventId }: EventUnderTest): Promise<void> {
    await assertSound(one.db, eventId);
    for (const full of [false, true]) {
      const report = await auditEvent({ db: one.db, clock: systemClock }, eventId, { full });
      assert.deepEqual(report?.problems, []);
    }
  }

  const leftOf = async ({ eventId }: EventUnderTest): Promise<number | undefined> => (await readSale(one, eventId))?.ticketTypes[0]?.left;
  const offeredOf = ({ offers }: Booking): number[] => offers.map(({ number }) => number);
  return { anEvent, pay, sell, offer, withdraw, read, assertClean, leftOf, offeredOf };
}
