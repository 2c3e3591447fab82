import { invariant } from '../../../../platform/invariant.ts';
import { openLaneConnection, type Call, type LaneConnection } from '../../../../platform/db/index.ts';
import type { Command, CreatePromoCodeCommand, PlaceCommand } from '../../commands.ts';
import { decide } from '../../decide/decide.ts';
import { anId, placeCommand, type EventUnderTest } from '../../test/buyers.ts';
import { deskCommand, moneyCommands } from '../../test/money.ts';
import { changeCommand, HALF_PRICE } from '../../test/promo.ts';
import { openEvent, openSales } from '../../test/support.ts';
import { executeBatch } from '../../../../platform/lane/execute-batch.ts';
import { lockHead } from '../../../../platform/lane/lock-head.ts';
import { readState } from '../read-state.ts';
import { LOCK_HEAD } from '../read-statements.ts';
import { writeChanges } from '../write-changes.ts';
import { BEGIN, ROLLBACK_CALL } from '../../../../platform/lane/lane-statements.ts';
import { explain, type Explained } from './explain.ts';
import { SALE_BATCHES } from './sale-batches.ts';

export type PlanStudy = {
  /** What is wrong, one line each. */
  offences: string[];
  /** Pages and milliseconds of each statement before and after the growth, for whoever reads the test's output. */
  figures: string[];
};

const BATCH = 500;
/** Commands of each kind in the batch that is explained. */
const SAMPLE = 40;
const TIMES = 5;
/** Every so many holds use a promo code, and so many holds share one: codes and their buyers grow with the event. */
const HOLDS_PER_USE = 4;
const HOLDS_PER_CODE = 20;
/** Of the holds every so many are given away at a desk instead, and offered. */
const HOLDS_PER_OFFER = 7;
const PRICE_MINOR = 1_000;
/** One of so many is sold at a desk: its money can go back. */
const HOLDS_PER_SALE = 5;
/** The parts that the sample of holds is cut into, one for each kind of command on them. */
const PARTS = 7;

/**
 * Lets an event grow to `holds`, and opens a lane connection at each of some stages before, which then has the plans of
 * that stage for good: as servers have that start before the sale, at its beginning, or in its midst. In the end every
 * statement is compared, on every connection, with what it cost at a tenth. `sabotage` is executed on the empty tables.
 */
export async function studyPlans(holds: number, sabotage: readonly string[] = []): Promise<PlanStudy> {
  const sales = await openSales();
  const connections: LaneConnection[] = [];
  try {
    // Nobody refreshes the statistics in between: each plan stays as it was made, which is the worst case.
    const tables = await sales.db.queryRows("select tablename from pg_tables where schemaname = 'sales'");
    for (const [table] of tables) await sales.db.query(`alter table sales.${String(table)} set (autovacuum_enabled = off)`);
    for (const text of sabotage) await sales.db.query(text);
    const event = await openEvent(sales, [{ capacity: 2 * holds, terms: { priceMinor: PRICE_MINOR } }]);
    const placed: PlaceCommand[] = [];
    let before: Explained[] = [];
    for (const stage of [10, holds / 100, holds / 10]) {
      const connection = await openLaneConnection(sales.url);
      connections.push(connection);
      await fill(connection, event, placed, stage);
      before = await explainBatch(connection, event, placed);
    }
    const [filling] = connections;
    invariant(filling, 'there are stages');
    await fill(filling, event, placed, holds);
    const studies: PlanStudy[] = [];
    for (const connection of connections) studies.push(compare(before, await explainBatch(connection, event, placed)));
    return { offences: studies.flatMap((study) => study.offences), figures: studies[0]?.figures ?? [] };
  } finally {
    await Promise.all(connections.map((connection) => connection.close()));
    await sales.closeAll();
  }
}

async function fill(connection: LaneConnection, event: EventUnderTest, placed: PlaceCommand[], holds: number): Promise<void> {
  while (placed.length < holds) {
    const first = placed.length;
    const size = Math.min(BATCH, holds - first);
    const commands = Array.from({ length: size }, (_, index) => placeAt(event, first + index));
    const codes = Array.from({ length: size }, (_, index) => first + index).filter((index) => index % HOLDS_PER_CODE === 0);
    const all = [...codes.map(createCommand), ...commands];
    const { outcomes } = await executeBatch(connection, { context: SALE_BATCHES, eventId: event.eventId, commands: all, lock: null });
    invariant(
      outcomes.every((outcome) => outcome.kind === 'booking' || outcome.kind === 'configured'),
      'every hold is placed',
    );
    await offerAll(connection, event, commands);
    placed.push(...commands);
  }
}

function placeAt(event: EventUnderTest, index: number): PlaceCommand {
  if (index % HOLDS_PER_OFFER === 0) return placeCommand(event, { confirm: true, desk: { tender: 'none', fromSetAside: false } });
  return index % HOLDS_PER_SALE === 1 ? deskCommand(event) : placeCommand(event, { promoCode: codeAt(index) });
}

function isGivenAway({ desk }: PlaceCommand): boolean {
  return desk?.tender === 'none';
}

async function offerAll(connection: LaneConnection, { eventId }: EventUnderTest, placed: readonly PlaceCommand[]): Promise<void> {
  const commands = placed.filter(isGivenAway).map((command) => offerOf(command, false));
  const { outcomes } = await executeBatch(connection, { context: SALE_BATCHES, eventId, commands, lock: null });
  invariant(
    outcomes.every((outcome) => outcome.kind === 'booking'),
    'every ticket is offered',
  );
}

function offerOf({ bookingId }: PlaceCommand, isWithdrawn: boolean): Command {
  const ids = { bookingId, commandId: anId(), fingerprint: anId(), actor: { kind: 'organizer' } as const };
  return { kind: 'offer', tickets: [1], isWithdrawn, ...ids };
}

function codeAt(index: number): string | null {
  return index % HOLDS_PER_USE === 0 ? nameAt(index) : null;
}

function nameAt(index: number): string {
  return `CODE-${Math.floor(index / HOLDS_PER_CODE)}`;
}

function createCommand(index: number): CreatePromoCodeCommand {
  const ids = { commandId: anId(), fingerprint: anId(), promoId: anId() };
  const terms = { ...HALF_PRICE, usesMax: 1_000_000, buyerUsesMax: 1_000 };
  return { kind: 'create-promo-code', ...ids, code: nameAt(index), terms };
}

/** Explains both trips of a batch with commands of every kind, on bookings from all over the event, and rolls it back. */
async function explainBatch(connection: LaneConnection, event: EventUnderTest, placed: readonly PlaceCommand[]): Promise<Explained[]> {
  const commands = sampleCommands(event, placed);
  const read = readState(event.eventId, commands);
  const everyDue = readState(event.eventId, [{ kind: 'expire', everything: true }]);
  const lock = lockHead(LOCK_HEAD, event.eventId);
  const answers = await connection.roundTrip([...lock, ...read.calls]);
  const parsed = read.parse(answers.slice(lock.length));
  invariant(parsed, 'the event exists');
  const writes = writeChanges(parsed.state, decide(parsed.state, commands, parsed.nowMs).changes, parsed.nowMs);
  await connection.roundTrip([ROLLBACK_CALL]);
  // What was not executed until now is prepared before it is explained.
  await connection.roundTrip([{ statement: BEGIN, values: [] }, ...everyDue.calls, ROLLBACK_CALL]);
  await connection.roundTrip([{ statement: BEGIN, values: [] }, ...writes, ROLLBACK_CALL]);
  return explainAll(connection, [...lock.slice(1), ...read.calls, ...everyDue.calls.slice(-1), ...writes]);
}

/** The best of some executions of each statement; all are rolled back, so that each finds the same rows. */
async function explainAll(connection: LaneConnection, calls: readonly Call[]): Promise<Explained[]> {
  const best = new Map<string, Explained>();
  for (let time = 0; time < TIMES; time += 1) {
    await connection.roundTrip([{ statement: BEGIN, values: [] }]);
    for (const call of calls) {
      const explained = await explain(connection, call);
      const known = best.get(explained.statement);
      if (!known || explained.timeMs < known.timeMs) best.set(explained.statement, explained);
    }
    await connection.roundTrip([ROLLBACK_CALL]);
  }
  return [...best.values()];
}

function sampleCommands(event: EventUnderTest, placed: readonly PlaceCommand[]): Command[] {
  const held = sampleOf(
    placed.filter((command) => !command.desk),
    PARTS * SAMPLE,
  );
  const sold = sampleOf(
    placed.filter((command) => command.desk && !isGivenAway(command)),
    2 * SAMPLE,
  );
  const offered = sampleOf(placed.filter(isGivenAway), SAMPLE);
  const part = (at: number): PlaceCommand[] => held.filter((_, index) => index % PARTS === at);
  const on = ({ bookingId }: PlaceCommand) => ({
    bookingId,
    commandId: anId(),
    fingerprint: anId(),
    actor: { kind: 'organizer' } as const,
  });
  return [
    { kind: 'expire', everything: false },
    ...part(0).map((command): Command => ({ kind: 'release', ...on(command) })),
    ...part(1).map((command): Command => ({ kind: 'confirm', tender: 'external', ...on(command) })),
    ...part(2).map((command): Command => ({ kind: 'extend', extensionMs: null, ...on(command) })),
    // A repeat, and another wish of a buyer who has tickets already.
    ...part(3),
    ...part(4).map(({ buyerKey, promoCode }): Command => placeCommand(event, { buyerKey, promoCode })),
    ...part(5).map((command) => moneyCommands(command, PRICE_MINOR).await),
    // Those with a code have paid too much: their money goes back.
    ...part(6).map((command) => moneyCommands(command, PRICE_MINOR).receive),
    ...sold.map(
      (command, index) => moneyCommands(command, PRICE_MINOR)[index % 3 === 0 ? 'dispute' : index % 3 === 1 ? 'settle' : 'refund'],
    ),
    ...Array.from({ length: SAMPLE }, (_, index) => placeCommand(event, { promoCode: codeAt(index * HOLDS_PER_CODE) })),
    ...Array.from({ length: SAMPLE }, () => deskCommand(event)),
    ...offered.map((command) => offerOf(command, true)),
    createCommand(2 * placed.length),
    changeCommand(nameAt(0), { usesMax: null }),
  ];
}

/** From all over the event, as many as there were at a tenth of it. */
function sampleOf(placed: readonly PlaceCommand[], size: number): PlaceCommand[] {
  const step = Math.max(1, Math.floor(placed.length / size));
  return placed.filter((_, index) => index % step === 0).slice(0, size);
}

/** A tree that grows by a level costs a page more for each key; a read of the whole event costs ten times as much. */
const TIME_GROWTH_MAX = 4;
/** Below this a statement's time is noise. */
const TIME_MIN_MS = 0.5;

function compare(small: readonly Explained[], large: readonly Explained[]): PlanStudy {
  const offences: string[] = [];
  const figures: string[] = [];
  for (const after of large) {
    offences.push(...after.offences.map((offence) => `${after.statement}: ${offence}`));
    const before = small.find((explained) => explained.statement === after.statement);
    invariant(before, `${after.statement} was explained before the growth too`);
    const figure = `${after.statement}: ${before.pages} → ${after.pages} pages, ${before.timeMs.toFixed(2)} → ${after.timeMs.toFixed(2)} ms`;
    figures.push(figure);
    if (after.timeMs > TIME_GROWTH_MAX * Math.max(before.timeMs, TIME_MIN_MS)) offences.push(`${figure}: it grows with the event`);
  }
  return { offences, figures };
}
