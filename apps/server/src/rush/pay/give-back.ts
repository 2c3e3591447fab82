import type { Booking } from '@tessera/contract';
import type { Buyer } from '../buyer.ts';
import { askForRefund } from './payment-commands.ts';
import type { World } from '../world.ts';

/** Gives all tickets of a booking back, or its last one. Answers how many tickets are left, or null where that is not known. */
export async function giveBack(world: World, buyer: Buyer, booking: Booking, what: 'all' | 'one'): Promise<number | null> {
  const isAll = what === 'all' || booking.quantity === 1;
  // What is on its way back may be sold to another before this buyer hears of it.
  world.bookings.givingBack(booking.id, isAll ? booking.quantity : 1);
  const answered = await askForRefund(world, buyer, booking, isAll ? null : [booking.quantity]);
  if (answered.kind === 'unknown') return null;
  if (answered.kind === 'lost') return booking.quantity;
  world.tally.count(isAll ? 'bookings given back' : 'single tickets given back');
  return booking.quantity - answered.booking.returned_tickets.length;
}
