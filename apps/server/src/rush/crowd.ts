import { setTimeout as sleep } from 'node:timers/promises';
import type { Buyer } from './buyer.ts';
import { ticketsLeft } from './event-page.ts';
import { buildFifo, type Fifo } from './http/fifo.ts';
import { comeBack, firstVisit, soughtBy, type VisitEnd } from './visits.ts';
import type { World } from './world.ts';

/**
 * Buyers arrive at their times and shop; each visit ends content, wanting, gone or unknown. Who is wanting waits and is
 * called back, in order, when the event's page shows tickets left. Only when nobody shops or waits are those called who
 * had gone, so that in the end all that is left is taken: `expected` tickets are sold, the lesser of stock and demand.
 */
export type Crowd = {
  readonly world: World;
  /** In the order of their arrival. */
  readonly buyers: readonly Buyer[];
  readonly expected: number;
  readonly waiting: Fifo<Buyer>;
  readonly gone: Fifo<Buyer>;
  arrived: number;
  firstVisits: number;
  /** Buyers whose request or thought is under way. */
  shopping: number;
  /** Tickets that buyers who were called back are asking for. */
  seeking: number;
  /** Since when nobody shops and the page shows nothing left; null while it is otherwise, or the page is not to be had. */
  drySinceMs: number | null;
  failure: { error: unknown } | null;
};

export type CrowdEnd = 'over' | 'stalled';

const TICK_MS = 10;
const LOOK_MS = 100;
/** Longer than a buyer's patience with a server that does not answer, so that only a real standstill counts. */
const STALL_MS = 75_000;
/** In holds. A hold that was extended comes back after two; what has not come back after three never will. */
const DRY_HOLDS_MAX = 3;
const PRICE_RISES_AT = 0.1;

export function buildCrowd(world: World, buyers: readonly Buyer[], expected: number): Crowd {
  return {
    world,
    buyers: [...buyers].sort((a, b) => a.habits.arrivalMs - b.habits.arrivalMs),
    expected,
    waiting: buildFifo(),
    gone: buildFifo(),
    arrived: 0,
    firstVisits: 0,
    shopping: 0,
    seeking: 0,
    drySinceMs: null,
    failure: null,
  };
}

/** Lets every buyer come, and settles when all that can be sold is sold and nobody shops, or when nothing moves any more. */
export async function runCrowd(crowd: Crowd): Promise<CrowdEnd> {
  const [end] = await Promise.all([watch(crowd), admit(crowd)]);
  return end;
}

async function admit(crowd: Crowd): Promise<void> {
  const beganMs = performance.now();
  while (crowd.failure === null) {
    const next = crowd.buyers[crowd.arrived];
    if (next === undefined) return;
    if (next.habits.arrivalMs <= performance.now() - beganMs) arrive(crowd, next);
    else await sleep(TICK_MS);
  }
}

function arrive(crowd: Crowd, buyer: Buyer): void {
  crowd.arrived += 1;
  crowd.shopping += 1;
  firstVisit(crowd.world, buyer).then(
    (end) => {
      crowd.firstVisits += 1;
      leave(crowd, buyer, end);
    },
    (error: unknown) => fail(crowd, error),
  );
}

async function watch(crowd: Crowd): Promise<CrowdEnd> {
  const { bookings, event, promises } = crowd.world;
  const standstill = buildStandstill(crowd);
  for (let hasRaised = false; ; await sleep(LOOK_MS)) {
    if (crowd.failure !== null) throw crowd.failure.error;
    if (isOver(crowd)) return 'over';
    if (standstill.lasts() || isDry(crowd)) return 'stalled';
    if (!hasRaised && bookings.sold >= crowd.expected * PRICE_RISES_AT) {
      hasRaised = true;
      const problem = await event.raisePrice();
      if (problem !== null) promises.broken('no_server_error', problem);
    }
    if (crowd.waiting.length + crowd.gone.length > 0 && bookings.sold < crowd.expected) await callForWhatIsLeft(crowd);
  }
}

function isOver({ world, buyers, expected, arrived, shopping, waiting, gone }: Crowd): boolean {
  if (arrived < buyers.length || shopping > 0) return false;
  return world.bookings.sold >= expected || waiting.length + gone.length === 0;
}

async function callForWhatIsLeft(crowd: Crowd): Promise<void> {
  const shown = await ticketsLeft(crowd.world);
  crowd.drySinceMs = shown === 0 && isQuiet(crowd) ? (crowd.drySinceMs ?? performance.now()) : null;
  let left = (shown ?? 0) - crowd.seeking;
  const line = isQuiet(crowd) ? [crowd.waiting, crowd.gone] : [crowd.waiting];
  while (left > 0) {
    const buyer = line.find((queue) => queue.length > 0)?.take();
    if (buyer === undefined) return;
    left -= callBack(crowd, buyer, left);
  }
}

function isDry({ drySinceMs, world }: Crowd): boolean {
  return drySinceMs !== null && performance.now() - drySinceMs > DRY_HOLDS_MAX * world.holdMs;
}

function isQuiet({ arrived, buyers, shopping }: Crowd): boolean {
  return arrived === buyers.length && shopping === 0;
}

/** Sends a buyer shopping again; answers how many tickets this one asks for. */
function callBack(crowd: Crowd, buyer: Buyer, left: number): number {
  const quantity = soughtBy(buyer, left);
  let isAsking = true;
  crowd.shopping += 1;
  crowd.seeking += quantity;
  const onAsked = (): void => {
    crowd.seeking -= isAsking ? quantity : 0;
    isAsking = false;
  };
  comeBack({ world: crowd.world, buyer, quantity, onAsked }).then(
    (end) => leave(crowd, buyer, end),
    (error: unknown) => fail(crowd, error),
  );
  return quantity;
}

function leave(crowd: Crowd, buyer: Buyer, end: VisitEnd): void {
  crowd.shopping -= 1;
  if (end === 'wanting') crowd.waiting.push(buyer);
  if (end === 'gone') crowd.gone.push(buyer);
}

function fail(crowd: Crowd, error: unknown): void {
  crowd.failure ??= { error };
}

/** Whether nothing was sold and no first visit began or ended for a long time. Visits of those called back are no progress. */
function buildStandstill(crowd: Crowd): { lasts(): boolean } {
  let seen = '';
  let sinceMs = performance.now();
  return {
    lasts: () => {
      const now = `${crowd.world.bookings.sold} ${crowd.arrived} ${crowd.firstVisits}`;
      if (now !== seen) sinceMs = performance.now();
      seen = now;
      return performance.now() - sinceMs > STALL_MS;
    },
  };
}
