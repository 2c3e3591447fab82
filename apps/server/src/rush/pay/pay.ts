import { setTimeout as sleep } from 'node:timers/promises';
import type { Booking } from '@tessera/contract';
import type { Buyer } from '../buyer.ts';
import { goToPay } from './payment-commands.ts';
import type { World } from '../world.ts';
import { awaitOutcome } from './await-outcome.ts';
import type { PayWay } from './pay-ways.ts';
import { payWith, tellBank, type Bill, type Tried } from './payer-calls.ts';
import type { PayEnd } from './way-book.ts';

export type Paid =
  | { kind: 'bought'; booking: Booking }
  /** The hold had run out; `lost` where a refusal has said so, and was counted, or the money came too late and is back. */
  | { kind: 'ran_out' }
  | { kind: 'lost' }
  /** The buyer has not paid, and goes. */
  | { kind: 'left' }
  | { kind: 'unknown' };

/** In holds: what it takes to find the other card, or the telephone with the bank on it. */
const FUMBLE_SHARE = 0.1;

/**
 * Pays for a hold as people do: goes to the provider, tries one card after the other, and waits until it is known what came of it.
 * Whoever was charged stays until there are tickets or all the money is back, also when the hold has long run out.
 */
export async function pay(world: World, buyer: Buyer, booking: Booking, way: PayWay): Promise<Paid> {
  const begun = await goToPay(world, buyer, booking);
  if (begun.kind !== 'begun') return begun;
  const tried = await tryCards(world, buyer, { bill: begun.bill, booking, way });
  const { paid, end } = await conclude(world, buyer, booking, tried);
  world.ways.ended(way, end);
  return paid;
}

type Counter = { bill: Bill; booking: Booking; way: PayWay };

async function tryCards(world: World, buyer: Buyer, { bill, booking, way }: Counter): Promise<Tried> {
  let last: Tried = 'declined';
  for (const [index, { card, bank }] of way.attempts.entries()) {
    if (index > 0) await fumble(world, buyer);
    // Whatever is asked of the provider may come true, whether or not its answer arrives.
    world.bookings.paying(booking.id, 'perhaps');
    last = await payWith(world, buyer, bill, card);
    if (last === 'bank_asks' && bank !== undefined) {
      await fumble(world, buyer);
      last = await tellBank(world, buyer, bill, bank);
    }
    if (last !== 'unknown') world.bookings.paying(booking.id, last === 'taken' ? 'yes' : 'no');
    if (last !== 'declined') return last;
  }
  return last;
}

async function fumble({ holdMs }: World, { random }: Buyer): Promise<void> {
  await sleep(holdMs * FUMBLE_SHARE * random());
}

type Concluded = { paid: Paid; end: PayEnd };

async function conclude(world: World, buyer: Buyer, booking: Booking, tried: Tried): Promise<Concluded> {
  switch (tried) {
    case 'taken':
      return ofOutcome(await awaitOutcome(world, buyer, booking));
    case 'ended':
      return { paid: { kind: 'ran_out' }, end: 'nothing paid' };
    case 'bank_asks':
    case 'declined':
      world.tally.count('left without paying');
      return { paid: { kind: 'left' }, end: 'nothing paid' };
    case 'unknown':
      return { paid: { kind: 'unknown' }, end: 'unknown' };
  }
}

function ofOutcome(booking: Booking | null): Concluded {
  if (booking === null) return { paid: { kind: 'unknown' }, end: 'unknown' };
  if (booking.state === 'refunded') return { paid: { kind: 'lost' }, end: 'money back' };
  return { paid: { kind: 'bought', booking }, end: 'tickets' };
}
