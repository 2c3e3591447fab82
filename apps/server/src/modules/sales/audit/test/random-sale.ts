import { uuidFromText } from '../../../../platform/ids/index.ts';
import type { Db } from '../../../../platform/db/index.ts';
import { CODES, createTestSale, writeActions, type TestAction, type TestSale } from './sale-writer.ts';

const NEXT_MOVES = {
  held: ['confirm', 'release', 'expire'],
  confirmed: ['cancel'],
  expired: ['reclaim'],
  released: [],
  cancelled: [],
} as const;
const STATE_AFTER = { confirm: 'confirmed', release: 'released', expire: 'expired', cancel: 'cancelled', reclaim: 'confirmed' } as const;

export type RandomSale = TestSale & {
  /** Writes one transaction with a few random actions. */
  step(): Promise<void>;
};

/** A sale that goes on at random, the same for the same seed. Ids are hashes, so that bookings come before and behind any cursor. */
export async function createRandomSale(db: Db, seed: string): Promise<RandomSale> {
  const sale: TestSale = {
    eventId: uuidFromText(`${seed} event`),
    ticketTypeIds: [1, 2, 3].map((number) => uuidFromText(`${seed} type ${number}`)),
    quotaId: uuidFromText(`${seed} quota`),
  };
  await createTestSale(db, sale, 1_000_000);
  const random = buildRandom(seed);
  const states = new Map<string, keyof typeof NEXT_MOVES>();
  const step = () =>
    writeActions(
      db,
      sale,
      Array.from({ length: 1 + random(4) }, () => nextAction(sale, states, random)),
    );
  return { ...sale, step };
}

function nextAction(sale: TestSale, states: Map<string, keyof typeof NEXT_MOVES>, random: (below: number) => number): TestAction {
  const pick = random(10);
  if (pick === 0) return { kind: 'set_aside', ticketTypeId: sale.ticketTypeIds[random(3)]!, quantity: 1 + random(3) };
  const movable = [...states].filter(([, state]) => NEXT_MOVES[state].length > 0);
  const chosen = movable[random(Math.max(1, movable.length))];
  if (pick < 5 && chosen) {
    const [bookingId, state] = chosen;
    const moves = NEXT_MOVES[state];
    const kind = moves[random(moves.length)]!;
    states.set(bookingId, STATE_AFTER[kind]);
    return { kind, bookingId };
  }
  const bookingId = uuidFromText(`${sale.eventId} booking ${states.size}`);
  const kind = pick < 8 ? 'hold' : 'sell';
  states.set(bookingId, kind === 'hold' ? 'held' : 'confirmed');
  const first = random(3);
  const lines = sale.ticketTypeIds.slice(first, first + 1 + random(3)).map((ticketTypeId) => ({ ticketTypeId, quantity: 1 + random(4) }));
  // A tier ended within the last line: the same type stands there twice.
  if (random(3) === 0) lines.push({ ...lines.at(-1)!, quantity: 1 + random(2) });
  const promoCode = random(3) === 0 ? null : (CODES[random(CODES.length)] ?? null);
  return { kind, bookingId, buyerKey: uuidFromText(`${sale.eventId} buyer ${random(20)}`), lines, promoCode };
}

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
export function buildRandom(seed: string): (below: number) => number {
  let state = Number.parseInt(uuidFromText(seed).slice(0, 8), 16);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
