import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../platform/clock/index.ts';
import { openDb, type Db, type Tx } from '../../../platform/db/index.ts';
import { newUuid, parseCellId } from '../../../platform/ids/index.ts';
import { buildLog } from '../../../platform/telemetry/index.ts';
import { releaseBooking } from '../../sales/index.ts';
import { openEvent, openSales, type SalesUnderTest } from '../../sales/test/support.ts';
import { followEvent } from '../follow-event.ts';
import { startFollower } from '../follower.ts';
import { purgeLinks } from '../queries/links.ts';
import { sweep } from '../sweep.ts';
import { book, followAll, type Event } from './support.ts';

let sales: SalesUnderTest;
let db: Db;
before(async () => {
  sales = await openSales();
  db = openDb({ url: sales.url, poolMax: 8, onError: () => {} });
});
after(async () => {
  await db.close();
  await sales.closeAll();
});
beforeEach(() => db.query('truncate buyers.bookings, buyers.offsets'));

const log = buildLog('silent');
const newKey = (): string => newUuid(systemClock.nowMs());
const newEvent = (): Promise<Event> => openEvent(sales, [{ capacity: 10_000 }]);
const bookMany = (event: Event, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => book(sales, event, newKey())));

/** What the facts say, and what was made of them: both as sorted text. */
async function compare(eventIds: readonly string[]): Promise<void> {
  const made = await db.query(
    'select buyer_key, event_id, booking_id, at from buyers.bookings where event_id = any($1::uuid[]) order by booking_id',
    [eventIds],
  );
  const told = await db.query(
    `select b.buyer_key, b.event_id, b.id as booking_id, b.held_at as at from sales.bookings b where event_id = any($1::uuid[]) order by b.id`,
    [eventIds],
  );
  assert.ok(told.length > 0);
  assert.deepEqual(made, told);
  const behind = await db.query(
    `select h.event_id from sales.heads h left join buyers.offsets o on o.event_id = h.event_id
     where h.event_id = any($1::uuid[]) and h.fact_seq <> coalesce(o.seq, 0)`,
    [eventIds],
  );
  assert.deepEqual(behind, []);
}

/** A Db whose transactions call `before` ahead of each statement; what it throws ends them. */
function interrupted(of: Db, before: (text: string) => void): Db {
  const watch = (tx: Tx): Tx => ({
    ...tx,
    query: (text, values) => {
      before(text);
      return tx.query(text, values);
    },
  });
  return { ...of, transaction: (work) => of.transaction((tx) => work(watch(tx))) };
}

test('every booking is there once, at the time it was held, over many events and more facts than a page', async () => {
  const events = [await newEvent(), await newEvent(), await newEvent()];
  await bookMany(events[0]!, 1_200);
  await bookMany(events[1]!, 3);
  await followAll(db);
  const [released] = await bookMany(events[1]!, 2);
  const ids = parseCellId('bkg', released!);
  const [row] = await db.query<{ buyer_key: string }>('select buyer_key from sales.bookings where id = $1', [ids!.id]);
  const actor = { kind: 'buyer', buyerKey: row!.buyer_key } as const;
  await releaseBooking(sales, { eventId: ids!.eventId, bookingId: ids!.id, actor, idempotencyKey: 'release' });
  await bookMany(events[2]!, 1);
  await followAll(db);
  await compare(events.map((event) => event.eventId));
});

test('of two who follow the same page at once one writes it, and a page followed again changes nothing', async () => {
  const event = await newEvent();
  await bookMany(event, 20);
  await db.query('insert into buyers.offsets (event_id, seq) values ($1, 0)', [event.eventId]);
  const at = { eventId: event.eventId, afterSeq: 0 };
  const outcomes = (await Promise.all([1, 2, 3, 4].map(() => followEvent(db, at)))).map(({ outcome }) => outcome);
  assert.deepEqual(
    outcomes.filter((outcome) => outcome !== 'taken'),
    ['done'],
  );
  assert.equal((await followEvent(db, at)).outcome, 'taken');
  await compare([event.eventId]);
  // At least once: an offset that was lost is followed from the start.
  await db.query('update buyers.offsets set seq = 0');
  await followAll(db);
  await compare([event.eventId]);
});

test('whoever dies before the bookings or between them and the offset has changed nothing', async () => {
  const event = await newEvent();
  await bookMany(event, 30);
  for (const point of [/insert into buyers.bookings/, /update buyers.offsets/]) {
    const dying = interrupted(db, (text) => {
      if (point.test(text)) throw new Error('killed');
    });
    await assert.rejects(followAll(dying), /killed/);
    assert.deepEqual(await db.query('select count(*)::int as n from buyers.bookings'), [{ n: 0 }]);
  }
  await followAll(db);
  await compare([event.eventId]);
});

test('several workers, who die again and again while tickets are sold, miss nothing and double nothing', async () => {
  const seed = 20_261_121;
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  process.stdout.write(`followers: seed ${seed}\n`);
  const events = await Promise.all([newEvent(), newEvent(), newEvent()]);
  const faulty = interrupted(db, (text) => {
    if (/buyers\./.test(text) && random() < 0.2) throw new Error('killed');
  });
  let isSelling = true;
  let deaths = 0;
  const worker = async (): Promise<void> => {
    const failed = (): void => {
      deaths += 1;
    };
    const once = () =>
      sweep({ db: faulty, signal: new AbortController().signal, isResting: () => false, rest: async () => {}, failed }).catch(failed);
    while (isSelling) await once();
  };
  const workers = [worker(), worker(), worker()];
  for (let round = 0; round < 6; round += 1) await Promise.all(events.map((event) => bookMany(event, 100)));
  isSelling = false;
  await Promise.all(workers);
  await followAll(db);
  assert.ok(deaths > 0, 'nobody died');
  await compare(events.map((event) => event.eventId));
});

test('an event whose facts cannot be read rests, and the others go on', async () => {
  const [broken, sound] = [await newEvent(), await newEvent()];
  await bookMany(broken, 2);
  await bookMany(sound, 2);
  await db.query(`update facts.facts set payload = '{}' where event_id = $1 and type = 'booking.held'`, [broken.eventId]);
  const failures: string[] = [];
  const failed = (eventId: string): void => void failures.push(eventId);
  await sweep({ db, signal: new AbortController().signal, isResting: () => false, rest: async () => {}, failed });
  assert.deepEqual(failures, [broken.eventId]);
  await compare([sound.eventId]);
  await db.query('delete from facts.facts where event_id = $1 and seq = 1', [broken.eventId]);
  await assert.rejects(followEvent(db, { eventId: broken.eventId, afterSeq: 0 }), /have a gap/);
  await db.query('update sales.heads set fact_seq = 0 where event_id = $1', [broken.eventId]);
});

test('followers of two workers keep up by themselves, and stop', async () => {
  const workers = [1, 2].map(() => startFollower({ db, clock: systemClock, log, random: () => 0.5 }));
  const event = await newEvent();
  const beganMs = performance.now();
  await bookMany(event, 700);
  const bookedMs = performance.now();
  for (let count = 0; count < 700; ) {
    await pause(10);
    const [row] = await db.query<{ n: number }>('select count(*)::int as n from buyers.bookings where event_id = $1', [event.eventId]);
    count = row?.n ?? 0;
  }
  process.stdout.write(
    `followed: 700 bookings made in ${Math.round(bookedMs - beganMs)} ms were listed ${Math.round(performance.now() - bookedMs)} ms later\n`,
  );
  await Promise.all(workers.map((worker) => worker.stop()));
  await compare([event.eventId]);
});

test('nobody who follows holds up a sale: with the rows of the projection locked, holds are made', async () => {
  const event = await newEvent();
  await bookMany(event, 5);
  await followAll(db);
  await db.transaction(async (tx) => {
    await tx.query('lock table buyers.bookings, buyers.offsets in access exclusive mode');
    await bookMany(event, 5);
  });
  await followAll(db);
  await compare([event.eventId]);
});

test('links that have run out are removed', async () => {
  const end = new Date(systemClock.nowMs());
  await db.query(`insert into buyers.links select decode(lpad(n::text, 8, '0'), 'hex'), 'a', 'b', $1 from generate_series(1, 1500) n`, [
    end,
  ]);
  assert.equal(await purgeLinks(db, end.getTime() + 1), true);
  assert.equal(await purgeLinks(db, end.getTime() + 1), false);
  assert.deepEqual(await db.query('select from buyers.links'), []);
});
