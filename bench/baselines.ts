import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChildServer } from './lib/child-server.ts';
import type { ChildServer } from './lib/child-server.ts';
import type { Closers } from './lib/closers.ts';
import { findFreePort } from './lib/free-port.ts';
import type { Stand } from './lib/stand.ts';
import { requestCount, runTimedLoad } from './lib/timed-load.ts';
import type { RoundTimes, TimedResult } from './lib/timed-load.ts';
import { Unmeasured } from './lib/unmeasured.ts';

/** What the sale is compared with, under the same generator on the same machine. */
export type Baseline = { run(times: RoundTimes): Promise<TimedResult> };

/** Above what one row lock and one commit per request can reach. */
const NAIVE_RATE_MAX = 8_000;
/** The bare server keeps nothing: it gets the same requests again. */
const BARE_REQUESTS = 20_000;

/** A Fastify POST with the same schemas and no work. */
export async function startBare(stand: Stand, closers: Closers): Promise<Baseline> {
  const server = await startBaseline({ name: 'bare', folder: stand.database.folder, args: [] }, closers);
  const { generator, event, keys } = stand;
  return {
    run: async (times) => {
      await generator.prepare({ count: BARE_REQUESTS, body: event.body, serverKeyHex: keys.serverKeyHex });
      return (await runTimedLoad(generator, { name: 'bare', servers: [server], times, again: true })).result;
    },
  };
}

/** One row-locked transaction per request, in tables of its own in the same PostgreSQL. */
export async function startNaive(stand: Stand, closers: Closers): Promise<Baseline> {
  const { database, db, generator, event, keys } = stand;
  await db.query(readFileSync(join(import.meta.dirname, 'naive/schema.sql'), 'utf8'));
  await db.query('insert into naive.ticket_types (event_id, id, price_minor, capacity) values ($1, $2, 4500, $3)', [
    event.eventId,
    event.ticketTypeId,
    event.capacity,
  ]);
  const server = await startBaseline({ name: 'naive', folder: database.folder, args: [database.url, keys.serverKeyHex] }, closers);
  let answeredSoFar = 0;
  return {
    run: async (times) => {
      const count = requestCount({ ...times, rateMax: NAIVE_RATE_MAX });
      await generator.prepare({ count, body: event.body, serverKeyHex: keys.serverKeyHex });
      const { result, answered } = await runTimedLoad(generator, { name: 'naive', servers: [server], times, again: false });
      answeredSoFar += answered;
      await recountNaive(stand, answeredSoFar);
      return result;
    },
  };
}

async function startBaseline(of: { name: string; folder: string; args: readonly string[] }, closers: Closers): Promise<ChildServer> {
  const port = await findFreePort();
  const program = join(import.meta.dirname, of.name, 'server.ts');
  return startChildServer({ name: of.name, folder: of.folder, port, args: [program, String(port), ...of.args], env: {} }, closers);
}

async function recountNaive({ db, event }: Stand, answered: number): Promise<void> {
  const [counts] = await db.query<{ bookings: number; held: number }>(
    `select (select count(*) from naive.bookings where event_id = $1)::int as bookings,
            (select held from naive.ticket_types where event_id = $1) as held`,
    [event.eventId],
  );
  if (counts?.bookings !== answered || counts.held !== answered) {
    throw new Unmeasured(`naive: ${answered} bookings were answered 201, but PostgreSQL holds ${JSON.stringify(counts)}.`);
  }
}
