import { Client } from 'pg';
import { createEmptyDatabase } from '../../../../../../test/support/database.ts';
import { integerArray, openDb, uuidArray, type Db, type Statement } from '../../db/index.ts';
import { buildLog } from '../../telemetry/index.ts';
import { Lanes, type BatchDecision, type Heads, type LanePurpose, type LaneSettings } from '../index.ts';

/**
 * A purpose that sells nothing: a number for each event, and steps that move it, each once. An `add` is droppable, a
 * `take` is bounded, a `correct` is neither. It is written as an absolute value, so that two that write at the same
 * time without a lock lose a step.
 */
export type CountCommand = { kind: 'add' | 'take' | 'correct'; id: string; amount: number } | { kind: 'tidy' };
export type CountOutcome = { kind: 'counted'; total: number; isRepeat: boolean } | { kind: 'tidied' | 'refused' | 'no_event' };

export const URGENT_MAX = 3;
/** A step of this amount cannot be written. */
export const POISON = 13;

const SCHEMA = `create table heads (event_id uuid primary key);
  create table counts (event_id uuid primary key, total int not null);
  create table steps (event_id uuid, id uuid, amount int constraint steps_amount check (amount <> ${POISON}), primary key (event_id, id))`;

const LOCK_HEAD: Statement = { name: 'test_lock_head', text: 'select 1 from heads where event_id = $1 for no key update' };
const READ_COUNT: Statement = { name: 'test_count', text: 'select total from counts where event_id = $1' };
const READ_STEPS: Statement = { name: 'test_steps', text: 'select id from steps where event_id = $1 and id = any($2::uuid[])' };
const WRITE_COUNT: Statement = { name: 'test_write_count', text: 'update counts set total = $2 where event_id = $1' };
const WRITE_STEPS: Statement = {
  name: 'test_write_steps',
  text: 'insert into steps (event_id, id, amount) select $1, id, amount from unnest($2::uuid[], $3::int[]) as s (id, amount)',
};

export type Counting = LanePurpose<CountCommand, CountOutcome> & {
  /** The kinds of commands of each batch that was read. */
  batches: string[][];
};

export function buildCounting(own: CountCommand | null = null): Counting {
  const batches: string[][] = [];
  return {
    batches,
    read: (eventId, commands) => {
      batches.push(commands.map((command) => command.kind));
      const ids = commands.flatMap((command) => (command.kind === 'tidy' ? [] : [command.id]));
      const calls = [
        { statement: READ_COUNT, values: [eventId] },
        { statement: READ_STEPS, values: [eventId, uuidArray(ids)] },
      ];
      return {
        calls,
        decide: ([count, steps]) => {
          const total = count?.rows[0]?.[0];
          if (total === undefined) return null;
          return decideCount({ eventId, total: Number(total), done: new Set(steps?.rows.map((row) => String(row[0]))) }, commands);
        },
      };
    },
    own,
    isOwn: (command) => command.kind === 'tidy',
    isDroppable: (command) => command.kind === 'add',
    isBounded: (command) => command.kind === 'take',
    urgentMax: URGENT_MAX,
    joinKeyOf: (command) => (command.kind === 'tidy' ? null : command.id),
    unknownEvent: () => ({ kind: 'no_event' }),
    asRepeat: (outcome) => (outcome.kind === 'counted' ? { ...outcome, isRepeat: true } : outcome),
  };
}

type CountState = { eventId: string; total: number; done: Set<string> };

function decideCount({ eventId, total, done }: CountState, commands: readonly CountCommand[]): BatchDecision<CountOutcome> {
  let sum = total;
  const ids: string[] = [];
  const amounts: number[] = [];
  const outcomes = commands.map((command): CountOutcome => {
    if (command.kind === 'tidy') return { kind: 'tidied' };
    if (command.amount === 0) return { kind: 'refused' };
    const isRepeat = done.has(command.id);
    if (!isRepeat) {
      done.add(command.id);
      ids.push(command.id);
      amounts.push(command.amount);
      sum += command.amount;
    }
    return { kind: 'counted', total: sum, isRepeat };
  });
  if (ids.length === 0) return { outcomes, calls: null };
  const steps = { statement: WRITE_STEPS, values: [eventId, uuidArray(ids), integerArray(amounts)] };
  return { outcomes, calls: [{ statement: WRITE_COUNT, values: [eventId, sum] }, steps] };
}

export type CountLanes = Lanes<CountCommand, CountOutcome>;

export type CountingStage = {
  db: Db;
  url: string;
  /** Lanes of one more server, or of one more purpose. */
  open(purpose: Counting, options?: { settings?: Partial<LaneSettings>; lock?: Statement }): CountLanes;
  addEvent(): Promise<string>;
  readTotal(eventId: string): Promise<number>;
  close(): Promise<void>;
};

const SETTINGS: LaneSettings = { connections: 2, batchMax: 100, queueMax: 5, deadlineMs: 5_000 };

export async function openStage(): Promise<CountingStage> {
  const database = await createEmptyDatabase();
  const db = openDb({ url: database.url, poolMax: 3, onError: () => {} });
  await db.query(SCHEMA);
  const opened: CountLanes[] = [];
  const find: Heads['find'] = async (eventIds) => {
    const rows = await db.query<{ event_id: string }>('select event_id from heads where event_id = any($1::uuid[])', [eventIds]);
    return rows.map((row) => row.event_id);
  };
  return {
    db,
    url: database.url,
    open: (purpose, { settings = {}, lock = LOCK_HEAD } = {}) => {
      const base = { url: database.url, db, settings: { ...SETTINGS, ...settings }, telemetry: silent, log: buildLog('silent') };
      const lanes = new Lanes({ purpose, heads: { lock, find }, ...base });
      opened.push(lanes);
      return lanes;
    },
    addEvent: async () => {
      const eventId = crypto.randomUUID();
      await db.query('insert into heads values ($1)', [eventId]);
      await db.query('insert into counts values ($1, 0)', [eventId]);
      return eventId;
    },
    readTotal: async (eventId) => Number((await db.queryRows('select total from counts where event_id = $1', [eventId]))[0]?.[0]),
    close: async () => {
      await Promise.all(opened.map((lanes) => lanes.close(1_000)));
      await db.close();
      await database.close();
    },
  };
}

const silent = {
  batch: () => {},
  wait: () => {},
  lockHold: () => {},
  commit: () => {},
  rerun: () => {},
  bisect: () => {},
  refusedBusy: () => {},
  dropped: () => {},
};

/** A session that keeps the event's head until it is told to release it. */
export async function keepHead(url: string, eventId: string): Promise<{ release(): Promise<void> }> {
  const client = new Client({ connectionString: url, application_name: 'tessera-test' });
  await client.connect();
  await client.query('begin');
  await client.query(LOCK_HEAD.text, [eventId]);
  return { release: () => client.end() };
}

export function step(kind: 'add' | 'take' | 'correct', amount = 1): Extract<CountCommand, { id: string }> {
  return { kind, id: crypto.randomUUID(), amount };
}
