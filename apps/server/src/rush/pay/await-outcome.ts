import { setTimeout as sleep } from 'node:timers/promises';
import type { Booking } from '@tessera/contract';
import type { Buyer } from '../buyer.ts';
import { isSold } from '../booking-book.ts';
import { reload, reloadPayment } from '../look.ts';
import type { World } from '../world.ts';

const PAUSE_MS = 100;
const PAUSE_MS_MAX = 1_000;

/**
 * Looks again and again what became of a booking that was paid: sold, or all the money back. Half look at the booking alone, so
 * that the server has to find out by itself; half at its payment. Null, and a broken promise, where it is never known.
 */
export async function awaitOutcome(world: World, buyer: Buyer, booking: Booking): Promise<Booking | null> {
  const look = buyer.random() < 0.5 ? reload : reloadPayment;
  const givesUpMs = performance.now() + world.patienceMs;
  for (let pauseMs = PAUSE_MS; performance.now() < givesUpMs; pauseMs = Math.min(PAUSE_MS_MAX, pauseMs * 1.5)) {
    const found = await look(world, buyer, booking);
    if (found === null) return null;
    if (isSold(found.state) || found.state === 'refunded') return found;
    await sleep(pauseMs * (0.5 + buyer.random()));
  }
  buyer.isUnanswered = true;
  world.promises.broken('outcome_known', `${booking.id} was paid, and there are neither tickets nor the money`);
  return null;
}
