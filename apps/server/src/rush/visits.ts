import { setTimeout as sleep } from 'node:timers/promises';
import type { Booking } from '@tessera/contract';
import type { Buyer } from './buyer.ts';
import { beginSession, change, place, repeat, type Placed, type Purchase } from './commands.ts';
import type { Wish } from './habits.ts';
import { reload } from './look.ts';
import { giveBack } from './pay/give-back.ts';
import { AT_ONCE, type PayWay } from './pay/pay-ways.ts';
import { pay, type Paid } from './pay/pay.ts';
import { compareTickets, readTickets } from './pay/tickets.ts';
import { isSold } from './booking-book.ts';
import { EARLY, STANDING } from './ticket-types.ts';
import type { World } from './world.ts';

/**
 * How a visit to the shop ends: with all that was wanted, without it and still wanting, without it and gone for other
 * reasons, or not known, which is a broken promise and written down by whoever asked.
 */
export type VisitEnd = 'content' | 'wanting' | 'gone' | 'unknown';

const COME_BACK_QUANTITY_MAX = 4;

/** A buyer comes for the first time and does what the buyer's habits are. */
export async function firstVisit(world: World, buyer: Buyer): Promise<VisitEnd> {
  if (!(await beginSession(world, buyer))) return 'unknown';
  const placed = await placeBasket(world, buyer);
  if (placed.kind === 'unknown') return 'unknown';
  if (placed.kind !== 'placed') return buyer.habits.isPatient ? 'wanting' : 'gone';
  const end = await finish(world, buyer, placed);
  if (end === 'content' && buyer.habits.isNervous) await repeat(world, buyer, placed);
  return end;
}

/** How many tickets a buyer who comes back asks for where `left` are left. */
export function soughtBy(buyer: Buyer, left: number): number {
  return Math.min(buyer.wanted - buyer.got, left, COME_BACK_QUANTITY_MAX);
}

export type ComeBack = { world: World; buyer: Buyer; quantity: number; onAsked: () => void };

/** A buyer comes for what has come back, and takes it without ado. `onAsked` is called when the shop has answered. */
export async function comeBack({ world, buyer, quantity, onAsked }: ComeBack): Promise<VisitEnd> {
  try {
    if (!(await beginSession(world, buyer))) return 'unknown';
    const placed = await place(world, buyer, [{ type: STANDING, quantity }], false);
    onAsked();
    if (placed.kind === 'unknown') return 'unknown';
    if (placed.kind !== 'placed') return 'wanting';
    if (placed.booking.state === 'held') await sleep(world.holdMs * 0.15 * buyer.random());
    return await settle(world, buyer, await buy(world, buyer, placed.booking, AT_ONCE));
  } finally {
    onAsked();
  }
}

/** Holds the basket; where its early birds have come to cost something, takes standing tickets in their place. */
async function placeBasket(world: World, buyer: Buyer): Promise<Placed> {
  const { basket, buysAtOnce } = buyer.habits;
  const isFree = basket.every((wish) => wish.type === EARLY);
  const placed = await place(world, buyer, basket, buysAtOnce && isFree);
  if (placed.kind !== 'too_dear' && !(placed.kind === 'placed' && isDear(world, placed.booking))) return placed;
  if (placed.kind === 'placed') {
    world.tally.count('price had risen');
    await change(world, buyer, placed.booking, 'release');
  }
  return place(world, buyer, basket.map(standingForEarly), false);
}

function isDear({ event }: World, { lines }: Booking): boolean {
  return lines.some((line) => line.ticket_type_id === event.ticketTypeIds[EARLY] && line.unit_price_minor > 0);
}

function standingForEarly(wish: Wish): Wish {
  return wish.type === EARLY ? { type: STANDING, quantity: wish.quantity } : wish;
}

async function finish(world: World, buyer: Buyer, { booking }: Purchase): Promise<VisitEnd> {
  if (booking.state !== 'held') return settle(world, buyer, asBought(booking));
  world.holding += 1;
  try {
    return await decide(world, buyer, booking);
  } finally {
    world.holding -= 1;
  }
}

async function decide(world: World, buyer: Buyer, booking: Booking): Promise<VisitEnd> {
  const { habits } = buyer;
  if (habits.reloads) await reload(world, buyer, booking);
  await sleep(world.holdMs * habits.thinkShare);
  if (habits.extends) {
    const extended = await change(world, buyer, booking, 'extend');
    if (extended.kind !== 'changed') return extended.kind === 'lost' ? 'wanting' : 'unknown';
    world.tally.count('holds extended');
    await sleep(world.holdMs * habits.thinkShare);
  }
  switch (habits.ending) {
    case 'buy': {
      const paid = await buy(world, buyer, booking, habits.paysBy);
      const end = await settle(world, buyer, paid);
      return paid.kind === 'bought' && habits.givesBack !== null ? changeMind(world, buyer, paid.booking, habits.givesBack) : end;
    }
    case 'leave':
      world.tally.count('holds left to expire');
      return 'gone';
    case 'release':
      return release(world, buyer, booking);
  }
}

/** Buys what is held: confirms what is free, and pays for the rest. */
async function buy(world: World, buyer: Buyer, booking: Booking, way: PayWay): Promise<Paid> {
  if (booking.state !== 'held') return asBought(booking);
  if (booking.total_minor > 0) return pay(world, buyer, booking, way);
  const confirmed = await change(world, buyer, booking, 'confirm');
  return confirmed.kind === 'changed' ? asBought(confirmed.booking) : confirmed;
}

/** A booking that is no longer held: bought, or run out while its buyer was away. */
function asBought(booking: Booking): Paid {
  return isSold(booking.state) ? { kind: 'bought', booking } : { kind: 'ran_out' };
}

async function changeMind(world: World, buyer: Buyer, booking: Booking, what: 'all' | 'one'): Promise<VisitEnd> {
  const left = await giveBack(world, buyer, booking, what);
  if (left === null) return 'unknown';
  buyer.got -= booking.quantity - left;
  return 'gone';
}

async function release(world: World, buyer: Buyer, booking: Booking): Promise<VisitEnd> {
  const released = await change(world, buyer, booking, 'release');
  if (released.kind === 'changed') world.tally.count('holds given back');
  return released.kind === 'unknown' ? 'unknown' : 'gone';
}

/** Looks at the tickets, where there are any. */
async function settle(world: World, buyer: Buyer, paid: Paid): Promise<VisitEnd> {
  switch (paid.kind) {
    case 'bought':
      break;
    case 'ran_out':
      world.tally.count('holds that ran out');
      return 'wanting';
    case 'lost':
      return 'wanting';
    case 'left':
      return 'gone';
    case 'unknown':
      return 'unknown';
  }
  const { booking } = paid;
  buyer.got += booking.quantity;
  const numbers = await readTickets(world, buyer, { id: booking.id, token: buyer.token ?? '' });
  if (numbers !== null) compareTickets(world, booking, numbers);
  return buyer.got >= buyer.wanted ? 'content' : 'wanting';
}
