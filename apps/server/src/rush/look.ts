import type { Booking } from '@tessera/contract';
import { bookingIn, bookingOfPayment, refusalIn } from './answers.ts';
import { ask, type Known } from './ask.ts';
import type { Buyer } from './buyer.ts';
import { sameBooking } from './send-command.ts';
import type { World } from './world.ts';

/** Reads a booking as its buyer does who reloads the page. */
export async function reload(world: World, buyer: Buyer, booking: Booking): Promise<Booking | null> {
  return look(world, buyer, booking, { kind: 'read', path: `/api/v1/bookings/${booking.id}`, find: bookingIn });
}

/** Reads how the payment of a booking stands; the server asks the provider then. */
export async function reloadPayment(world: World, buyer: Buyer, booking: Booking): Promise<Booking | null> {
  return look(world, buyer, booking, { kind: 'read payment', path: `/api/v1/bookings/${booking.id}/payment`, find: bookingOfPayment });
}

type Look = { kind: string; path: string; find: (answer: Known) => Booking | null };

async function look(world: World, buyer: Buyer, booking: Booking, { kind, path, find }: Look): Promise<Booking | null> {
  const answer = await ask(world, buyer, { kind, method: 'GET', path, token: buyer.token, key: null, body: null });
  if (answer.kind === 'unknown') return null;
  const found = find(answer);
  if (found !== null) return sameBooking(world, buyer, booking, found);
  world.promises.broken('booking_kept', `${booking.id}: reading it was answered ${refusalIn(answer).code}`);
  return null;
}
