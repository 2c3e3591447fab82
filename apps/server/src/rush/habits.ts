import type { Random } from '../platform/random.ts';
import { drawPayWay, type PayWay } from './pay/pay-ways.ts';
import { EARLY, SEATED, STANDING } from './ticket-types.ts';

/** So many tickets of one type, by its place in RUSH_TYPES. */
export type Wish = { type: number; quantity: number };

/** What one buyer is like. Times in milliseconds; those within a hold are shares of its length. */
export type Habits = {
  arrivalMs: number;
  basket: readonly Wish[];
  /** Holds and confirms in one request, where the basket is free. */
  buysAtOnce: boolean;
  /** Sends a command twice at the same time, with one key. */
  doubleClicks: boolean;
  /** Stops waiting for an answer soon, and sends the same again. */
  isHasty: boolean;
  /** Goes away in the middle of a request, and asks again later, with the same key. */
  vanishes: { during: 'hold' | 'confirm'; afterMs: number; awayShare: number } | null;
  reloads: boolean;
  /** Sends the first command once more when all is done. */
  isNervous: boolean;
  extends: boolean;
  thinkShare: number;
  /** What becomes of the hold. Who leaves lets it expire. */
  ending: 'buy' | 'leave' | 'release';
  paysBy: PayWay;
  /** Changes their mind when all is bought. */
  givesBack: 'all' | 'one' | null;
  /** Waits for tickets that come back when there are none. */
  isPatient: boolean;
};

export function demandOf(habits: Pick<Habits, 'basket'>): number {
  return habits.basket.reduce((sum, wish) => sum + wish.quantity, 0);
}

/** The habits of one buyer: the same for the same random numbers. `spreadMs` is how long buyers go on arriving. */
export function drawHabits(random: Random, spreadMs: number): Habits {
  const often = (share: number): boolean => random() < share;
  return {
    arrivalMs: drawArrival(random, spreadMs),
    basket: drawBasket(random),
    buysAtOnce: often(0.4),
    doubleClicks: often(0.08),
    isHasty: often(0.03),
    vanishes: drawVanishing(random),
    reloads: often(0.1),
    isNervous: often(0.05),
    extends: often(0.1),
    thinkShare: drawThinking(random),
    ending: drawEnding(random),
    isPatient: often(0.6),
    paysBy: drawPayWay(random),
    givesBack: drawGivingBack(random),
  };
}

/** An on-sale begins with those who waited for the hour; the others come in ever smaller numbers. */
function drawArrival(random: Random, spreadMs: number): number {
  const isEarly = random() < 0.4;
  return isEarly ? spreadMs * 0.15 * random() : spreadMs * random() ** 1.5;
}

function drawBasket(random: Random): Wish[] {
  const [first, second] = pick(random, BASKETS);
  const wishes = [{ type: first, quantity: pick(random, QUANTITIES) }];
  if (second !== null) wishes.push({ type: second, quantity: pick(random, QUANTITIES) });
  return wishes;
}

const QUANTITIES = [1, 1, 1, 2, 2, 2, 2, 3, 4] as const;

const BASKETS: readonly (readonly [number, number | null])[] = [
  [STANDING, null],
  [STANDING, null],
  [STANDING, null],
  [SEATED, null],
  [EARLY, null],
  [EARLY, null],
  [STANDING, SEATED],
  [EARLY, STANDING],
];

function drawVanishing(random: Random): Habits['vanishes'] {
  if (random() >= 0.05) return null;
  const isBackSoon = random() < 0.7;
  return {
    during: random() < 0.6 ? 'hold' : 'confirm',
    afterMs: Math.floor(random() * 30),
    awayShare: isBackSoon ? 0.04 + 0.36 * random() : 1.2,
  };
}

/** Most decide in a third of the hold; a few think for longer than it lasts. */
function drawThinking(random: Random): number {
  const isDawdler = random() < 0.03;
  return isDawdler ? 0.9 + 0.4 * random() : Math.min(0.8, 0.05 - 0.15 * Math.log(1 - random()));
}

function drawEnding(random: Random): Habits['ending'] {
  const drawn = random();
  if (drawn < 0.8) return 'buy';
  return drawn < 0.92 ? 'leave' : 'release';
}

function drawGivingBack(random: Random): Habits['givesBack'] {
  const drawn = random();
  if (drawn < 0.04) return 'all';
  return drawn < 0.07 ? 'one' : null;
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
