import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test, type TestContext } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../../test/support/database.ts';
import { openDb, openLaneConnection, type Call, type Db, type LaneConnection } from '../../../../../platform/db/index.ts';
import { explain, type Explained } from '../../../../sales/lane/test/explain.ts';
import { BEGIN, COMMIT, ROLLBACK } from '../../../lane/test/batches.ts';
import type { DoorCommand, ScanCommand } from '../../commands.ts';
import { decideDoors } from '../../decide/decide-doors.ts';
import { readDoors } from '../read-doors.ts';
import { writeDoors } from '../write-doors.ts';

const TICKETS = 5_000;
const BATCH = 500;
const SAMPLE = 50;
/** A tree that grows by a level costs a page more for each key. */
const PAGES_GROWTH_MAX = 2;

const TABLES = [
  ...['tickets.tickets', 'tickets.check_ins', 'tickets.gates', 'tickets.gate_counts'],
  ...['sales.bookings', 'sales.offers', 'sales.ticket_types', 'sales.heads'],
];

let database: TestDatabase;
let db: Db;
before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  // Nobody refreshes the statistics in between: each plan stays as it was made, which is the worst case.
  for (const table of TABLES) await db.query(`alter table ${table} set (autovacuum_enabled = off)`);
});
after(async () => {
  await db.close();
  await database.close();
});

type Ticket = { bookingId: string; secret: string };

async function newEvent(): Promise<string> {
  const eventId = randomUUID();
  await db.query(
    `insert into sales.heads (event_id, state, currency, hold_length_ms, booking_max) values ($1, 'on_sale', 'EUR', 60000, 10)`,
    [eventId],
  );
  await db.query(
    `insert into sales.ticket_types (event_id, id, state, position, price_minor, capacity, booking_min, booking_max)
     values ($1, $1, 'on_sale', 0, 0, 1000000, 1, 10)`,
    [eventId],
  );
  await db.query(`insert into tickets.gates (event_id, id, name, fingerprint, created_at) values ($1, $1, 'North', $1, now())`, [eventId]);
  return eventId;
}

let offers = 0;

/** Tickets that their holders offer, each of a booking of its own; as many others are offered, and never shown. */
async function sell(eventId: string, count: number): Promise<Ticket[]> {
  const tickets = await db.query<Ticket>(
    `insert into tickets.tickets (event_id, booking_id, number, ticket_type_id, buyer_key, secret, issued_at, resale_at)
     select $1, gen_random_uuid(), 1, $1, $1, gen_random_uuid(), now(), now() from generate_series(1, $2)
     returning booking_id as "bookingId", secret`,
    [eventId, count],
  );
  const bookingIds = tickets.map(({ bookingId }) => bookingId);
  const offered = `unnest($2::uuid[]) with ordinality as o (id, n)`;
  await db.query(
    `insert into sales.bookings (event_id, id, buyer_key, fingerprint, state, quantity, total_minor, currency, held_at, expires_at, ledger_seq,
       line_ticket_type_ids, line_quantities, line_unit_prices_minor, offered, offer_seqs)
     select $1, id, $1, $1, 'confirmed', 1, 0, 'EUR', now(), now(), 1, array[$1::uuid], '{1}', '{0}', '{1}', array[$3 + n] from ${offered}`,
    [eventId, bookingIds, offers],
  );
  await db.query(
    `insert into sales.offers (event_id, ticket_type_id, seq, booking_id, number)
     select $1, $1, side * ($3 + n), id, 1 from ${offered}, unnest('{1, -1}'::int[]) as side`,
    [eventId, bookingIds, offers],
  );
  await db.query('update sales.ticket_types set sold = sold + 2 * $2, offered = offered + 2 * $2 where event_id = $1', [eventId, count]);
  offers += count;
  return tickets;
}

function scanOf(eventId: string, { bookingId, secret }: Ticket, ageMs: number): ScanCommand {
  return {
    ...{ kind: 'scan', scanId: randomUUID(), fingerprint: eventId, gateId: eventId, direction: 'in', device: null, by: 'platform' },
    ...{ isOffline: ageMs > 0, deviceAtMs: null, ageMs },
    subject: { kind: 'ticket', bookingId, number: 1, shown: { secret, issue: 1 } },
  } as ScanCommand;
}

/** What both trips of a batch send; `onRead` sees the first one. */
async function callsOf(
  connection: LaneConnection,
  eventId: string,
  commands: readonly DoorCommand[],
): Promise<{ reads: Call[]; writes: Call[] }> {
  const read = readDoors(eventId, commands);
  const state = read.parse(await connection.roundTrip(read.calls));
  assert.ok(state);
  return { reads: read.calls, writes: writeDoors(state, decideDoors(state.state, commands, state.nowMs).changes) };
}

async function run(connection: LaneConnection, eventId: string, commands: readonly DoorCommand[]): Promise<void> {
  await connection.roundTrip([BEGIN]);
  const { writes } = await callsOf(connection, eventId, commands);
  await connection.roundTrip([...writes, COMMIT]);
}

/** Explains a batch of everything that there is: tickets let in, doubles, such as take a place, and one that is undone. */
async function explainBatch(connection: LaneConnection, eventId: string, admitted: readonly ScanCommand[]): Promise<Explained[]> {
  const step = Math.max(1, Math.floor(admitted.length / SAMPLE));
  const known = admitted.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  const fresh = await sell(eventId, SAMPLE);
  const commands: DoorCommand[] = [
    ...fresh.map((ticket) => scanOf(eventId, ticket, 0)),
    ...known
      .slice(1)
      .map((scan, index) => ({ ...scan, scanId: randomUUID(), isOffline: index % 2 === 0, ageMs: index % 2 === 0 ? 3_600_000 : 0 })),
    { kind: 'undo', scanId: known[0]!.scanId, by: 'platform', reason: 'wrong person' },
  ];
  await connection.roundTrip([BEGIN]);
  const { reads, writes } = await callsOf(connection, eventId, commands);
  // Prepared and planned on the tables as they are, before anything is explained.
  await connection.roundTrip([...writes, ROLLBACK]);
  await connection.roundTrip([BEGIN]);
  const explained: Explained[] = [];
  for (const call of [...reads, ...writes]) explained.push(await explain(connection, call));
  await connection.roundTrip([ROLLBACK]);
  return explained;
}

/** Grows an event, with a connection of each stage that keeps its plans, and compares in the end. */
async function study(): Promise<{ offences: string[]; figures: string[] }> {
  const eventId = await newEvent();
  const admitted: ScanCommand[] = [];
  const connections: LaneConnection[] = [];
  const offences: string[] = [];
  const figures: string[] = [];
  let small: Explained[] = [];
  for (const stage of [SAMPLE, TICKETS / 10, TICKETS]) {
    connections.push(await openLaneConnection(database.url));
    while (admitted.length < stage) {
      const tickets = await sell(eventId, Math.min(BATCH, stage - admitted.length));
      const scans = tickets.map((ticket) => scanOf(eventId, ticket, 0));
      await run(connections[0]!, eventId, scans);
      admitted.push(...scans);
    }
    const explained = await explainBatch(connections.at(-1)!, eventId, admitted);
    if (stage === TICKETS / 10) small = explained;
  }
  for (const connection of connections) {
    for (const later of await explainBatch(connection, eventId, admitted)) {
      const pages = small.find(({ statement }) => statement === later.statement)!.pages;
      figures.push(`${later.statement}: ${pages} → ${later.pages} pages, ${later.timeMs.toFixed(2)} ms`);
      offences.push(...later.offences.map((offence) => `${later.statement}: ${offence}`));
      if (later.pages > PAGES_GROWTH_MAX * pages) offences.push(`${later.statement}: it grows with the event`);
    }
    await connection.close();
  }
  return { offences, figures };
}

test(`the doors’ statements go by full keys, and cost at ${TICKETS} scans what they cost at a tenth`, async (context: TestContext) => {
  const { offences, figures } = await study();
  for (const figure of figures) context.diagnostic(figure);
  assert.deepEqual(offences, []);
});

test('negative control: without the key, statements are found out', async () => {
  await db.query('alter table tickets.check_ins drop constraint check_ins_pkey');
  await db.query('create index second on tickets.check_ins (event_id, standing)');
  const { offences } = await study();
  assert.ok(offences.some((offence) => offence.startsWith('doors_check_ins')));
  assert.ok(offences.some((offence) => offence.startsWith('doors_restand_check_ins')));
});
