import type { Booking } from '@tessera/contract';
import { bookingIn, refusalIn } from './answers.ts';
import { ask, PLAIN, type Question } from './ask.ts';
import { newKey, type Buyer } from './buyer.ts';
import type { Wish } from './habits.ts';
import { isRecord } from './is-record.ts';
import { mannersFor, note, refusedChange, sameBooking, sendCommand, type Changed } from './send-command.ts';
import type { World } from './world.ts';

/** The first command of a purchase, kept so that it can be sent again. */
export type Purchase = { question: Question; booking: Booking };

export type Placed =
  | ({ kind: 'placed' } & Purchase)
  | { kind: 'sold_out' }
  /** The basket is no longer free, so that it cannot be confirmed at once. */
  | { kind: 'too_dear' }
  | { kind: 'unknown' };

/** Gets the buyer the session that every command needs. */
export async function beginSession(world: World, buyer: Buyer): Promise<boolean> {
  if (buyer.token !== null) return true;
  const question = {
    kind: 'session',
    method: 'POST',
    path: '/api/v1/buyer-sessions',
    token: null,
    key: null,
    body: null,
    isNewcomer: true,
  } as const;
  const answer = await ask(world, buyer, question);
  if (answer.kind === 'unknown') return false;
  const token = isRecord(answer.body) ? answer.body['token'] : null;
  if (answer.status !== 201 || typeof token !== 'string') {
    world.promises.broken('no_server_error', `a buyer session was refused: ${refusalIn(answer).code}`);
    return false;
  }
  buyer.token = token;
  return true;
}

/** Holds a basket, or holds and confirms it in one. */
export async function place(world: World, buyer: Buyer, basket: readonly Wish[], confirm: boolean): Promise<Placed> {
  const lines = basket.map(({ type, quantity }) => ({ ticket_type_id: world.event.ticketTypeIds[type], quantity }));
  const body = JSON.stringify({ event_id: world.event.id, lines, confirm });
  const kind = confirm ? 'hold and confirm' : 'hold';
  const question = {
    kind,
    method: 'POST',
    path: '/api/v1/bookings',
    token: buyer.token,
    key: newKey(buyer),
    body,
    isNewcomer: true,
  } as const;
  const answer = await sendCommand(world, buyer, question, mannersFor(buyer, confirm ? 'confirm' : 'hold'));
  if (answer.kind === 'unknown') return answer;
  const booking = bookingIn(answer);
  if (booking !== null) return { kind: 'placed', question, booking: note(world, buyer, booking) };
  const { code } = refusalIn(answer);
  switch (code) {
    case 'SALES_SOLD_OUT':
      world.tally.count('sold out');
      return { kind: 'sold_out' };
    case 'SALES_PAYMENT_REQUIRED':
      world.tally.count('price had risen');
      return { kind: 'too_dear' };
    default:
      world.promises.broken('no_server_error', `a basket was refused with ${code}`);
      return { kind: 'unknown' };
  }
}

/** Extends or releases a hold, or confirms one that costs nothing. */
export async function change(world: World, buyer: Buyer, booking: Booking, move: 'extend' | 'confirm' | 'release'): Promise<Changed> {
  const path = `/api/v1/bookings/${booking.id}/${move}`;
  const question = { kind: move, method: 'POST', path, token: buyer.token, key: newKey(buyer), body: null } as const;
  const answer = await sendCommand(world, buyer, question, move === 'confirm' ? mannersFor(buyer, 'confirm') : PLAIN);
  if (answer.kind === 'unknown') return answer;
  const changed = bookingIn(answer);
  if (changed !== null) return { kind: 'changed', booking: sameBooking(world, buyer, booking, changed) };
  return refusedChange(world, booking, move, answer);
}

/** Sends the first command of a purchase again, long after its answer. */
export async function repeat(world: World, buyer: Buyer, { question, booking }: Purchase): Promise<void> {
  const answer = await ask(world, buyer, question);
  if (answer.kind === 'unknown') return;
  const again = bookingIn(answer);
  if (again === null)
    world.promises.broken('one_booking_per_key', `${booking.id}: its key was answered ${refusalIn(answer).code} when repeated`);
  else sameBooking(world, buyer, booking, again);
}
