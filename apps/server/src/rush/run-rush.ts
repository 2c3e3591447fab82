import type { Clock } from '../platform/clock/index.ts';
import { buildBookingBook } from './booking-book.ts';
import { buildBuyer, type Buyer } from './buyer.ts';
import type { MoneyBooks } from './check-money.ts';
import { buildCrowd, runCrowd, type CrowdEnd } from './crowd.ts';
import { buildHttpClient } from './http/client.ts';
import { makeEvent } from './make-event.ts';
import { buildOrganizer } from './organizer.ts';
import { buildProviderClients } from './pay/provider-clients.ts';
import { buildWayBook } from './pay/way-book.ts';
import { showProgress } from './progress.ts';
import { buildPromiseBook } from './promises.ts';
import { buildTally } from './tally.ts';
import { verify, type Verdict } from './verify.ts';
import type { World } from './world.ts';

export type RushOptions = {
  url: URL;
  secret: string;
  buyers: number;
  capacity: number;
  seed: number;
  connections: number;
  holdSeconds: number;
  books: MoneyBooks;
  /** How long who has paid waits for tickets or the money. */
  patienceMs?: number;
  clock: Clock;
  screen: { isTTY: boolean; write(text: string): unknown };
};

export type RushResult = {
  world: World;
  buyers: readonly Buyer[];
  capacity: number;
  demand: number;
  expected: number;
  end: CrowdEnd;
  /** Until the last buyer had left; and all of it, with the look at what is there in the end. */
  rushMs: number;
  totalMs: number;
  verdict: Verdict;
};

/** Arrivals are spread so that there are this many a millisecond, but over two seconds at least. */
const ARRIVALS_PER_MS = 2;
const SPREAD_MS_MIN = 2_000;
/** Money may come half a minute late, and goes back after that. */
const PATIENCE_MS = 120_000;

/** Makes an event, lets a crowd of buyers at it, and looks whether every promise was kept. */
export async function runRush(options: RushOptions): Promise<RushResult> {
  const beganMs = performance.now();
  const { buyers: count, capacity, seed, holdSeconds, clock, patienceMs = PATIENCE_MS } = options;
  const spreadMs = Math.max(SPREAD_MS_MIN, count / ARRIVALS_PER_MS);
  const buyers = Array.from({ length: count }, (_, index) => buildBuyer({ seed, index, spreadMs }));
  const demand = buyers.reduce((sum, buyer) => sum + buyer.wanted, 0);
  const expected = Math.min(capacity, demand);
  const tally = buildTally();
  const http = buildHttpClient(options.url, options.connections, tally);
  const providers = buildProviderClients(options.connections, tally);
  try {
    const organizer = buildOrganizer(http, options.secret);
    const event = await makeEvent(organizer, { capacity, holdSeconds, nowMs: clock.nowMs() });
    const promises = buildPromiseBook();
    const bookings = buildBookingBook(promises, capacity);
    const world: World = {
      ...{ http, providerAt: providers.at, event, tally, promises, bookings, ways: buildWayBook() },
      ...{ holdMs: holdSeconds * 1000, patienceMs, holding: 0 },
    };
    const rushedMs = performance.now();
    const end = await rush(world, { buyers, expected, screen: options.screen });
    const rushMs = performance.now() - rushedMs;
    tally.endRush();
    const verdict = await verify(world, expected, options.books);
    const problem = await event.end();
    if (problem !== null) promises.broken('no_server_error', problem);
    return { world, buyers, capacity, demand, expected, end, rushMs, totalMs: performance.now() - beganMs, verdict };
  } finally {
    http.close();
    providers.close();
  }
}

async function rush(world: World, of: { buyers: readonly Buyer[]; expected: number; screen: RushOptions['screen'] }): Promise<CrowdEnd> {
  const crowd = buildCrowd(world, of.buyers, of.expected);
  const progress = showProgress(crowd, of.screen);
  try {
    return await runCrowd(crowd);
  } finally {
    progress.stop();
  }
}
