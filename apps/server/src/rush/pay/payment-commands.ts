import type { Booking } from '@tessera/contract';
import { bookingIn, bookingOfPayment } from '../answers.ts';
import { PLAIN } from '../ask.ts';
import { newKey, type Buyer } from '../buyer.ts';
import { mannersFor, refusedChange, sameBooking, sendCommand, type Changed } from '../send-command.ts';
import type { World } from '../world.ts';
import { billIn, type Bill } from './payer-calls.ts';

export type Begun = { kind: 'begun'; bill: Bill } | { kind: 'lost' } | { kind: 'unknown' };

/** Goes to pay for a hold; the answer has what to pay, and where. */
export async function goToPay(world: World, buyer: Buyer, booking: Booking): Promise<Begun> {
  const path = `/api/v1/bookings/${booking.id}/payment`;
  const question = { kind: 'go to pay', method: 'POST', path, token: buyer.token, key: newKey(buyer), body: null } as const;
  const answer = await sendCommand(world, buyer, question, mannersFor(buyer, 'confirm'));
  if (answer.kind === 'unknown') return answer;
  const found = bookingOfPayment(answer);
  if (found === null) return asLost(refusedChange(world, booking, 'going to pay', answer));
  sameBooking(world, buyer, booking, found);
  const bill = billIn(answer.body);
  if (bill !== null) return { kind: 'begun', bill };
  world.promises.broken('booking_kept', `${booking.id} is ${found.state} before it was paid, and there is nothing to pay`);
  return { kind: 'lost' };
}

function asLost(refused: Changed): Begun {
  return refused.kind === 'unknown' ? refused : { kind: 'lost' };
}

/** Asks for the money of tickets: of all of the booking without numbers. */
export async function askForRefund(world: World, buyer: Buyer, booking: Booking, tickets: readonly number[] | null): Promise<Changed> {
  const path = `/api/v1/bookings/${booking.id}/refund`;
  const body = tickets === null ? null : JSON.stringify({ tickets });
  const question = { kind: 'refund', method: 'POST', path, token: buyer.token, key: newKey(buyer), body } as const;
  const answer = await sendCommand(world, buyer, question, PLAIN);
  if (answer.kind === 'unknown') return answer;
  const changed = bookingIn(answer);
  if (changed !== null) return { kind: 'changed', booking: sameBooking(world, buyer, booking, changed) };
  return refusedChange(world, booking, 'refund', answer);
}
