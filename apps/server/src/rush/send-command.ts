import type { Booking } from '@tessera/contract';
import { bookingIn, bookingOfPayment, refusalIn } from './answers.ts';
import { ask, PLAIN, type Answered, type Known, type Manners, type Question } from './ask.ts';
import type { Buyer } from './buyer.ts';
import type { World } from './world.ts';

/** `lost` is a hold that has expired, or an answer that broke a promise. */
export type Changed = { kind: 'changed'; booking: Booking } | { kind: 'lost' } | { kind: 'unknown' };

/** Sends a command; who clicks twice sends it twice at the same time, with one key. */
export async function sendCommand(world: World, buyer: Buyer, question: Question, manners: Manners): Promise<Answered> {
  if (!buyer.habits.doubleClicks) return ask(world, buyer, question, manners);
  world.tally.count('double clicks');
  const [one, other] = await Promise.all([ask(world, buyer, question, manners), ask(world, buyer, question)]);
  if (one.kind === 'unknown') return other;
  if (other.kind === 'unknown') return one;
  const first = bookingIn(one) ?? bookingOfPayment(one);
  const second = bookingIn(other) ?? bookingOfPayment(other);
  if (first !== null && second !== null) sameBooking(world, buyer, first, second);
  // Of two clicks one may come too early to get anything: what the buyer has is what either of them got.
  return first !== null ? one : other;
}

/** Who vanishes does so once: a buyer who did it at every visit would never get anything. */
export function mannersFor(buyer: Buyer, during: 'hold' | 'confirm'): Manners {
  const { vanishes } = buyer.habits;
  if (buyer.hasVanished || vanishes?.during !== during) return PLAIN;
  buyer.hasVanished = true;
  return { vanishes };
}

/** Writes down what an answer says of a booking, which must be the one that was meant. */
export function sameBooking(world: World, buyer: Buyer, expected: Booking, found: Booking): Booking {
  if (found.id !== expected.id) world.promises.broken('one_booking_per_key', `${expected.id} and ${found.id} came for one key or path`);
  return note(world, buyer, found);
}

export function note(world: World, buyer: Buyer, booking: Booking): Booking {
  world.bookings.note(booking, buyer.token ?? '');
  return booking;
}

/** Notes what a refusal of a command on a booking breaks; that a hold has run out breaks nothing. */
export function refusedChange(world: World, booking: Booking, move: string, answer: Known): Changed {
  const { code, state } = refusalIn(answer);
  if (code === 'SALES_WRONG_STATE' && state === 'expired') {
    world.tally.count('holds that ran out');
    return { kind: 'lost' };
  }
  const name =
    code === 'SALES_ALREADY_EXTENDED' ? 'one_booking_per_key' : code === 'SALES_PAYMENT_REQUIRED' ? 'price_kept' : 'booking_kept';
  world.promises.broken(name, `${booking.id}: ${move} was refused with ${code}${state === null ? '' : ` (${state})`}`);
  return { kind: 'lost' };
}
