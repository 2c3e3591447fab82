import type { Random } from '../platform/random.ts';
import { demandOf, drawHabits, type Habits } from './habits.ts';
import { seededRandom } from './seeded-random.ts';

/** One buyer. Between visits it is this record and nothing else: a hundred thousand of them wait in little memory. */
export type Buyer = {
  index: number;
  habits: Habits;
  /** The buyer's own stream: what others do never changes it. */
  random: Random;
  token: string | null;
  /** Tickets wanted in all, and those got. */
  wanted: number;
  got: number;
  /** Commands sent under a key of their own so far. */
  commands: number;
  hasVanished: boolean;
  /** Whether one of the requests never got an answer. */
  isUnanswered: boolean;
};

export function buildBuyer({ seed, index, spreadMs }: { seed: number; index: number; spreadMs: number }): Buyer {
  const random = seededRandom(seed, index);
  const habits = drawHabits(random, spreadMs);
  return { index, habits, random, token: null, wanted: demandOf(habits), got: 0, commands: 0, hasVanished: false, isUnanswered: false };
}

/** A key that no other command of the buyer has. */
export function newKey(buyer: Buyer): string {
  buyer.commands += 1;
  return `rush-${buyer.index}-${buyer.commands}`;
}
