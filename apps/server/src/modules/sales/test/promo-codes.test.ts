import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Command } from '../commands.ts';
import {
  auditEvent,
  cancelBooking,
  confirmBooking,
  CommandFailed,
  expireDueEvents,
  releaseBooking,
  type TicketTypeTerms,
} from '../index.ts';
import type { Outcome } from '../outcomes.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { listPromoCodes, readPromoCode } from '../promo-codes.ts';
import { anId, bookingIn, countKinds, hold, placeCommand, type EventUnderTest } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { changeCommand, createCode, HALF_PRICE } from './promo.ts';
import { assertSound } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const BUYERS = 200;

let bisections = 0;
const one = await openSales({ telemetry: { bisect: () => (bisections += 1) } });
const other = await openSales({ url: one.url });
after(async () => {
  await other.closeAll();
  await one.closeAll();
});

const open = (terms: Partial<TicketTypeTerms> = {}): Promise<EventUnderTest> =>
  openEvent(one, [{ capacity: 1_000, terms: { priceMinor: 1_000, ...terms } }]);

async function usedOf({ eventId }: EventUnderTest, code: string): Promise<number | undefined> {
  return (await readPromoCode(one, eventId, code))?.used;
}

/** Counters, bookings and ledger agree, by rows alone and by the audit. */
async function assertAllSound({ eventId }: EventUnderTest): Promise<void> {
  await assertSound(one.db, eventId);
  const report = await auditEvent({ db: one.db, clock: systemClock }, eventId, { full: true });
  assert.deepEqual(report?.problems, []);
}

test(`of ${BUYERS} buyers at two servers one gets the last use of a code`, async () => {
  const event = await open();
  await createCode(one, event, 'LAST', { usesMax: 1 });
  const wishes = Array.from({ length: BUYERS }, (_, buyer) => hold(buyer % 2 === 0 ? one : other, event, { promoCode: 'LAST' }));
  assert.deepEqual(countKinds(await Promise.all(wishes)), { booking: 1, promo_refused: BUYERS - 1 });
  assert.equal(await usedOf(event, 'LAST'), 1);
  await assertAllSound(event);
});

test('a buyer who sends many baskets at two servers uses a code as often as each buyer may', async () => {
  const event = await open();
  await createCode(one, event, 'TWICE', { buyerUsesMax: 2 });
  const buyerKey = anId();
  const wishes = Array.from({ length: 40 }, (_, at) => hold(at % 2 === 0 ? one : other, event, { buyerKey, promoCode: 'TWICE' }));
  assert.deepEqual(countKinds(await Promise.all(wishes)), { booking: 2, promo_refused: 38 });
  assert.equal((await hold(one, event, { promoCode: 'TWICE' })).kind, 'booking', 'others can use it as before');
  await assertAllSound(event);
});

describe('a use comes back with its booking', () => {
  const actor = { kind: 'organizer' } as const;
  type Way = (event: EventUnderTest, bookingId: string) => Promise<unknown>;
  const request = (event: EventUnderTest, bookingId: string) => ({ eventId: event.eventId, bookingId, actor, idempotencyKey: anId() });
  const ways: Readonly<Record<string, Way>> = {
    'that is released': (event, bookingId) => releaseBooking(one, request(event, bookingId)),
    'that is cancelled': async (event, bookingId) => {
      await confirmBooking(one, { ...request(event, bookingId), tender: 'external' });
      await cancelBooking(one, request(event, bookingId));
    },
    'that expires': async (event) => {
      await makeDue(one.db, event.eventId);
      await expireDueEvents(one);
    },
  };
  for (const [name, giveBack] of Object.entries(ways)) {
    test(name, async () => {
      const event = await open();
      await createCode(one, event, 'ONCE', { usesMax: 1, buyerUsesMax: 1 });
      const buyerKey = anId();
      const first = bookingIn(await hold(one, event, { buyerKey, promoCode: 'ONCE' }));
      assert.equal(first.totalMinor, 500);
      await giveBack(event, first.id);
      assert.equal(await usedOf(event, 'ONCE'), 0);
      assert.equal((await hold(one, event, { buyerKey, promoCode: 'ONCE' })).kind, 'booking', 'the same buyer can use it again');
      assert.equal((await hold(one, event, { promoCode: 'ONCE' })).kind, 'promo_refused');
      await assertAllSound(event);
    });
  }

  test('and a late payment takes it again, or is refused where it has gone', async () => {
    const event = await open();
    await createCode(one, event, 'ONCE', { usesMax: 1, buyerUsesMax: 1 });
    const { id } = bookingIn(await hold(one, event, { promoCode: 'ONCE' }));
    await makeDue(one.db, event.eventId);
    await expireDueEvents(one);
    const second = bookingIn(await hold(one, event, { promoCode: 'ONCE' }));
    const late = () => confirmBooking(one, { ...request(event, id), tender: 'external' });
    assert.deepEqual(await late(), { kind: 'promo_refused', reason: 'used_up' });
    await releaseBooking(one, request(event, second.id));
    assert.equal(bookingIn(await late()).totalMinor, 500);
    assert.equal(await usedOf(event, 'ONCE'), 1);
    await assertAllSound(event);
  });
});

test('fewer uses than there are is refused with what is possible, and so is a name that is taken', async () => {
  const event = await open();
  await createCode(one, event, 'SOME', { usesMax: 5 });
  await Promise.all([hold(one, event, { promoCode: 'SOME' }), hold(one, event, { promoCode: 'SOME' })]);
  const change = (usesMax: number) => one.lanes.submit(event.eventId, changeCommand('SOME', { usesMax }));
  assert.deepEqual(await change(1), { kind: 'uses_too_low', possible: 2 });
  assert.equal((await change(2)).kind, 'configured');
  assert.equal((await hold(one, event, { promoCode: 'SOME' })).kind, 'promo_refused');
  assert.deepEqual(await createCode(one, event, 'SOME'), { kind: 'promo_code_exists' });
  assert.equal((await readPromoCode(one, event.eventId, 'SOME'))?.usesMax, 2);
});

/** Submits all at once, while another command keeps the lane busy, so that they are one batch. */
async function inOneBatch(event: EventUnderTest, commands: readonly Command[]): Promise<PromiseSettledResult<Outcome>[]> {
  bisections = 0;
  return Promise.allSettled(commands.map((command) => one.lanes.submit(event.eventId, command)));
}

const release = (bookingId: string): Command => ({
  kind: 'release',
  bookingId,
  commandId: anId(),
  fingerprint: anId(),
  actor: { kind: 'organizer' },
});

test('a batch lowers a limit to what its releases leave, raises one to what its holds need, and needs no second try', async () => {
  const event = await open();
  await createCode(one, event, 'DOWN', { usesMax: 2 });
  await createCode(one, event, 'UP', { usesMax: 0 });
  const { id } = bookingIn(await hold(one, event, { promoCode: 'DOWN' }));
  await hold(one, event, { promoCode: 'DOWN' });
  const commands = [
    release(id),
    changeCommand('DOWN', { usesMax: 1 }),
    changeCommand('UP', { usesMax: 1 }),
    placeCommand(event, { promoCode: 'UP' }),
  ];
  const outcomes = await inOneBatch(event, commands);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value.kind),
    ['booking', 'configured', 'configured', 'booking'],
  );
  assert.equal(bisections, 0);
  assert.deepEqual([await usedOf(event, 'DOWN'), await usedOf(event, 'UP')], [1, 1]);
  await assertAllSound(event);
});

test('a code that is counted wrongly harms the command alone that meets it', async () => {
  const event = await open();
  await createCode(one, event, 'WRONG');
  const { id } = bookingIn(await hold(one, event, { promoCode: 'WRONG' }));
  await one.db.query('update sales.promo_codes set used = 0 where event_id = $1', [event.eventId]);
  const holds = Array.from({ length: 50 }, () => placeCommand(event));
  holds.splice(31, 0, placeCommand(event, { promoCode: 'ANY\0' }));
  const outcomes = await inOneBatch(event, [...holds.slice(0, 20), release(id), ...holds.slice(20)]);
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [[index, outcome.reason instanceof CommandFailed]] : [],
  );
  assert.deepEqual(failed, [
    [20, true],
    [32, true],
  ]);
  assert.ok(bisections > 0, 'they were one batch');
  assert.deepEqual(countKinds(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))), { booking: 50 });
  await one.db.query('update sales.promo_codes set used = 1 where event_id = $1', [event.eventId]);
  await assertAllSound(event);
});

test('codes are listed in the order of their bytes, page by page, with their terms', async () => {
  const event = await open();
  const terms = {
    ticketTypeIds: event.ticketTypeIds,
    startsAtMs: 1_700_000_000_123,
    endsAtMs: 1_900_000_000_456,
    usesMax: 7,
    buyerUsesMax: 2,
  };
  for (const code of ['B', 'A_', 'A-1', 'A1', 'A.']) await createCode(one, event, code, terms);
  const page = (afterCode: string) => listPromoCodes(one, { eventId: event.eventId, after: afterCode, limit: 3 });
  const [first, second] = [await page(''), await page('A1')];
  assert.deepEqual(
    [...first, ...second].map((promo) => promo.code),
    ['A-1', 'A.', 'A1', 'A_', 'B'],
  );
  assert.deepEqual(first[0], { ...HALF_PRICE, ...terms, code: 'A-1', used: 0 });
});
