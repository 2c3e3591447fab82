import { setTimeout as sleep } from 'node:timers/promises';
import type { Buyer } from './buyer.ts';
import { beginSession, change, place, reload, repeat, type Placed, type Purchase } from './commands.ts';
import type { Wish } from './habits.ts';
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
  const placed = await placeForNothing(world, buyer);
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
    const buysAtOnce = buyer.random() < 0.5;
    const placed = await place(world, buyer, [{ type: STANDING, quantity }], buysAtOnce);
    onAsked();
    if (placed.kind === 'unknown') return 'unknown';
    if (placed.kind !== 'placed') return 'wanting';
    if (placed.booking.state === 'held') await sleep(world.holdMs * 0.15 * buyer.random());
    return await confirm(world, buyer, placed);
  } finally {
    onAsked();
  }
}

/** Holds the basket; where its early birds have come to cost something, takes standing tickets in their place. */
async function placeForNothing(world: World, buyer: Buyer): Promise<Placed> {
  const { basket, buysAtOnce } = buyer.habits;
  const placed = await place(world, buyer, basket, buysAtOnce);
  const isDear = placed.kind === 'too_dear' || (placed.kind === 'placed' && placed.booking.total_minor > 0);
  if (!isDear) return placed;
  if (placed.kind === 'placed') {
    world.tally.count('price had risen');
    await change(world, buyer, placed.booking, 'release');
  }
  return place(world, buyer, basket.map(standingForEarly), buysAtOnce);
}

function standingForEarly(wish: Wish): Wish {
  return wish.type === EARLY ? { type: STANDING, quantity: wish.quantity } : wish;
}

async function finish(world: World, buyer: Buyer, purchase: Purchase): Promise<VisitEnd> {
  if (purchase.booking.state !== 'held') return settle(world, buyer, purchase);
  world.holding += 1;
  try {
    return await decide(world, buyer, purchase);
  } finally {
    world.holding -= 1;
  }
}

async function decide(world: World, buyer: Buyer, purchase: Purchase): Promise<VisitEnd> {
  const { habits } = buyer;
  if (habits.reloads) await reload(world, buyer, purchase.booking);
  await sleep(world.holdMs * habits.thinkShare);
  if (habits.extends) {
    const extended = await change(world, buyer, purchase.booking, 'extend');
    if (extended.kind !== 'changed') return extended.kind === 'lost' ? 'wanting' : 'unknown';
    world.tally.count('holds extended');
    await sleep(world.holdMs * habits.thinkShare);
  }
  switch (habits.ending) {
    case 'confirm':
      return confirm(world, buyer, purchase);
    case 'leave':
      world.tally.count('holds left to expire');
      return 'gone';
    case 'release':
      return release(world, buyer, purchase);
  }
}

async function confirm(world: World, buyer: Buyer, purchase: Purchase): Promise<VisitEnd> {
  if (purchase.booking.state !== 'held') return settle(world, buyer, purchase);
  const confirmed = await change(world, buyer, purchase.booking, 'confirm');
  if (confirmed.kind !== 'changed') return confirmed.kind === 'lost' ? 'wanting' : 'unknown';
  return settle(world, buyer, { ...purchase, booking: confirmed.booking });
}

async function release(world: World, buyer: Buyer, { booking }: Purchase): Promise<VisitEnd> {
  const released = await change(world, buyer, booking, 'release');
  if (released.kind === 'changed') world.tally.count('holds given back');
  return released.kind === 'unknown' ? 'unknown' : 'gone';
}

/** A booking that is no longer held: bought, or run out while its buyer was away. */
function settle(world: World, buyer: Buyer, { booking }: Purchase): VisitEnd {
  if (booking.state !== 'confirmed') {
    world.tally.count('holds that ran out');
    return 'wanting';
  }
  buyer.got += booking.quantity;
  return buyer.got >= buyer.wanted ? 'content' : 'wanting';
}
