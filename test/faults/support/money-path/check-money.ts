import assert from 'node:assert/strict';
import type { Intent, Movement } from '../../../../apps/server/src/engines/payments/index.ts';
import { parseId } from '../../../../apps/server/src/platform/ids/index.ts';
import { listMovementsOf } from './list-movements.ts';
import { assertMoneySound } from './money-breaches.ts';
import { readBooks, type BookedMoney } from './read-books.ts';
import type { Ending, Told } from './story.ts';

/** What the provider must have moved for a booking in this state: of all of it, each once. */
const MOVED: Readonly<Record<string, readonly Movement['kind'][]>> = {
  confirmed: ['payment'],
  refunded: ['payment', 'refund'],
  cancelled: ['payment', 'dispute'],
  expired: [],
};

/** Fails unless the provider and we tell one story of an event that has come to rest. Answers how its one booking ended. */
export async function checkMoney({ stage, event }: Told): Promise<Ending> {
  const eventId = parseId('evt', event.id) ?? '';
  await assertMoneySound(stage.db, eventId);
  const { bookings, intents } = await readBooks(stage, eventId);
  const movements = await listMovementsOf(stage.provider, eventId);
  assert.ok(bookings.length <= 1, 'one wish makes one booking');
  const [booking] = bookings;
  if (!booking) {
    assert.deepEqual(movements, [], 'money moved for a booking that is not there');
    return 'nothing';
  }
  checkBooking(booking, movements);
  checkIntent(booking, intents[0] ?? null);
  return booking.state as Ending;
}

function checkBooking({ state, totalMinor, paidMinor }: BookedMoney, movements: readonly Movement[]): void {
  const expected = (MOVED[state] ?? ['no such end']).map((kind) => ({ kind, amountMinor: totalMinor, currency: 'EUR' }));
  const moved = movements.map(({ kind, amountMinor, currency }) => ({ kind, amountMinor, currency }));
  assert.deepEqual(moved, expected, `what the provider has moved for a booking that is ${state}`);
  assert.equal(paidMinor, expected.length > 0 ? totalMinor : 0);
}

/** What nobody paid, and we know of, can never be paid any more. */
function checkIntent({ state, paymentRef, paidMinor }: BookedMoney, intent: Intent | null): void {
  if (paymentRef === null) return;
  assert.ok(intent, 'the provider knows the payment');
  assert.equal(intent.receivedMinor, paidMinor);
  if (state === 'expired') assert.equal(intent.state, 'cancelled');
}
