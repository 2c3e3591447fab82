import type { Booking } from '@tessera/contract';
import { refusalIn, bookingIn } from './answers.ts';
import { ask, type Known } from './ask.ts';
import { audit, auditMoney } from './audits.ts';
import { findContradiction, isSold, reaches, type KnownBooking } from './booking-book.ts';
import { buildBuyer, type Buyer } from './buyer.ts';
import { checkMoney, type MoneyBooks } from './check-money.ts';
import { compareTickets, readTickets } from './pay/tickets.ts';
import type { PromiseName } from './promises.ts';
import { reconcile } from './reconcile.ts';
import type { World } from './world.ts';

export type Verdict = { bookingsRead: number; ticketsRead: number; audit: string; moneyAudit: string; provider: string; reconcile: string };

type Objection = { name: PromiseName; example: string };

/** Bookings that are asked for at once: more than there are connections, so that none of these is idle. */
const CHUNK = 1_000;

/** Looks up every acknowledged booking and its tickets with its buyer's session, follows the money, and has all of it audited. */
export async function verify(world: World, expected: number, books: MoneyBooks): Promise<Verdict> {
  const auditor = buildBuyer({ seed: 0, index: -1, spreadMs: 0 });
  const read = await readBookings(world, auditor);
  if (world.bookings.sold !== expected) {
    world.promises.broken('nothing_left', `${expected} could be sold, and buyers know of ${world.bookings.sold}`);
  }
  const provider = await checkMoney(world, books);
  const audited = await audit(world, auditor);
  const moneyAudit = await auditMoney(world, auditor);
  return { ...read, provider, audit: audited, moneyAudit, reconcile: await reconcile(world, books) };
}

type Read = { bookingsRead: number; ticketsRead: number };

async function readBookings(world: World, reader: Buyer): Promise<Read> {
  const all = [...world.bookings.all()];
  const read: Read = { bookingsRead: 0, ticketsRead: 0 };
  for (let from = 0; from < all.length; from += CHUNK) {
    const chunk = all.slice(from, from + CHUNK);
    const tickets = await Promise.all(chunk.map((booking) => readOne(world, reader, booking)));
    // A server that has gone is not asked for every booking it had.
    if (reader.isUnanswered) return read;
    read.bookingsRead += chunk.length;
    read.ticketsRead += tickets.reduce((sum, count) => sum + count, 0);
  }
  return read;
}

/** Answers how many tickets of the booking there are. */
async function readOne(world: World, reader: Buyer, expected: KnownBooking): Promise<number> {
  const { id, token } = expected;
  const answer = await ask(world, reader, { kind: 'read', method: 'GET', path: `/api/v1/bookings/${id}`, token, key: null, body: null });
  if (answer.kind === 'unknown') return 0;
  const found = bookingIn(answer);
  const objection = findObjection(expected, found, answer);
  if (objection !== null) world.promises.broken(objection.name, objection.example);
  if (found === null || !(isSold(found.state) || expected.sold > 0 || expected.givingBack > 0)) return 0;
  const numbers = await readTickets(world, reader, expected);
  if (numbers === null) return 0;
  compareTickets(world, isSold(found.state) ? found : { ...found, quantity: 0 }, numbers);
  return numbers.length;
}

function findObjection(expected: KnownBooking, found: Booking | null, answer: Known): Objection | null {
  const { id, state, token } = expected;
  if (found === null) return { name: 'booking_kept', example: `${id} (${state}) is answered ${refusalIn(answer).code}` };
  if (found.id !== id) return { name: 'booking_kept', example: `${id} is answered with ${found.id}` };
  const contradiction = findContradiction(expected, found, token);
  if (contradiction !== null) return contradiction;
  // Not as in an answer that another may have overtaken: by now the state is this one or what comes after it.
  if (!reaches(expected, state, found.state)) return { name: 'booking_kept', example: `${id}: ${state} became ${found.state}` };
  return findMoneyObjection(expected, found);
}

/** Whether the money of a booking is what its state says, by the server's own word. */
function findMoneyObjection({ id, paid, givingBack }: KnownBooking, found: Booking): Objection | null {
  const { state, total_minor: total, paid_minor: received, refunded_minor: refunded } = found;
  const example = `${id} is ${state}: ${received} paid of ${total}, ${refunded} back`;
  if (isSold(state) && (received !== total || (refunded > 0 && givingBack === 0))) return { name: 'tickets_are_paid', example };
  if (state === 'refunded' && refunded !== received) return { name: 'paid_is_kept_or_back', example };
  const isKept = isSold(state) || state === 'refunded';
  return paid === 'yes' && !isKept ? { name: 'paid_is_kept_or_back', example } : null;
}
