import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { expireDueEvents, releaseBooking } from '../index.ts';
import { anId, bookingIn, countKinds, hold, type EventUnderTest } from './buyers.ts';
import { makeDue } from './make-due.ts';
import { keepHead, untilLanesWait } from './keep-head.ts';
import { assertSound, countStates } from './recount.ts';
import { openEvent, openSales } from './support.ts';

const one = await openSales();
const other = await openSales({ url: one.url });
after(async () => {
  await other.closeAll();
  await one.closeAll();
});

const aWish = () => ({ buyerKey: anId(), idempotencyKey: anId() });
const anEvent = (): Promise<EventUnderTest> => openEvent(one, [{ capacity: 100 }]);

describe('a repeated key is one booking', () => {
  test('one after the other', async () => {
    const event = await anEvent();
    const wish = aWish();
    const first = await hold(one, event, wish);
    const second = await hold(one, event, wish);
    assert.ok(first.kind === 'booking' && second.kind === 'booking');
    assert.deepEqual([first.replayed, second.replayed], [false, true]);
    assert.deepEqual(second.booking, first.booking);
    assert.deepEqual(await countStates(one.db, event.eventId), { held: 1 });
  });

  test('fifty times in one batch', async () => {
    const event = await anEvent();
    const wish = aWish();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => hold(one, event, wish)));
    assert.deepEqual(countKinds(outcomes), { booking: 50 });
    assert.equal(new Set(outcomes.map((outcome) => bookingIn(outcome).id)).size, 1);
    assert.equal(outcomes.filter((outcome) => outcome.kind === 'booking' && outcome.replayed).length, 49);
    assert.deepEqual(await countStates(one.db, event.eventId), { held: 1 });
    await assertSound(one.db, event.eventId);
  });

  test('at two servers at the same time', async () => {
    const event = await anEvent();
    const wishes = Array.from({ length: 20 }, aWish);
    // Both servers wait for the head, so that neither has seen what the other is about to write.
    const kept = await keepHead(one.url, event.eventId);
    const pending = wishes.flatMap((wish) => [hold(one, event, wish), hold(other, event, wish)]);
    await untilLanesWait(one.url, 2);
    await kept.release();
    const outcomes = await Promise.all(pending);
    assert.deepEqual(countKinds(outcomes), { booking: 40 });
    assert.equal(outcomes.filter((outcome) => outcome.kind === 'booking' && !outcome.replayed).length, 20);
    const ids = outcomes.map((outcome) => bookingIn(outcome).id);
    assert.equal(new Set(ids).size, 20);
    for (let at = 0; at < 40; at += 2) assert.equal(ids[at], ids[at + 1]);
    assert.deepEqual(await countStates(one.db, event.eventId), { held: 20 });
    await assertSound(one.db, event.eventId);
  });

  test('after a client that left once its batch had begun', async () => {
    const event = await anEvent();
    const wish = aWish();
    let isGone = false;
    const kept = await keepHead(one.url, event.eventId);
    const lost = hold(one, event, { ...wish, isGone: () => isGone });
    await untilLanesWait(one.url);
    isGone = true;
    await kept.release();
    await lost;
    const repeat = await hold(other, event, wish);
    assert.ok(repeat.kind === 'booking' && repeat.replayed);
    assert.deepEqual(await countStates(one.db, event.eventId), { held: 1 });
  });
});

describe('a repeated key is answered as the booking then stands', () => {
  test('after its release', async () => {
    const event = await anEvent();
    const wish = aWish();
    const { id } = bookingIn(await hold(one, event, wish));
    const request = {
      eventId: event.eventId,
      bookingId: id,
      actor: { kind: 'buyer', buyerKey: wish.buyerKey },
      idempotencyKey: anId(),
    } as const;
    const released = await Promise.all([releaseBooking(one, request), releaseBooking(other, request), releaseBooking(one, request)]);
    assert.equal(released.filter((outcome) => outcome.kind === 'booking' && !outcome.replayed).length, 1);
    const repeat = await hold(other, event, wish);
    assert.ok(repeat.kind === 'booking' && repeat.replayed && repeat.booking.state === 'released');
    assert.deepEqual(await countStates(one.db, event.eventId), { released: 1 });
    await assertSound(one.db, event.eventId);
  });

  test('after it has expired', async () => {
    const event = await anEvent();
    const wish = aWish();
    assert.equal((await hold(one, event, wish)).kind, 'booking');
    await makeDue(one.db, event.eventId);
    assert.equal(await expireDueEvents(one), 1);
    const repeat = await hold(one, event, wish);
    assert.ok(repeat.kind === 'booking' && repeat.replayed && repeat.booking.state === 'expired');
    await assertSound(one.db, event.eventId);
  });

  test('when it falls due in the batch of the repeat', async () => {
    const event = await anEvent();
    const wish = aWish();
    assert.equal((await hold(one, event, wish)).kind, 'booking');
    await makeDue(one.db, event.eventId);
    const repeat = await hold(one, event, wish);
    assert.ok(repeat.kind === 'booking' && repeat.booking.state === 'expired');
    assert.deepEqual(await countStates(one.db, event.eventId), { expired: 1 });
  });
});

describe('a key stands for one payload of one buyer', () => {
  test('another payload is refused, in the same batch and later', async () => {
    const event = await anEvent();
    const wish = aWish();
    const [first, second] = await Promise.all([hold(one, event, wish), hold(one, event, { ...wish, quantity: 2 })]);
    assert.deepEqual([first?.kind, second?.kind], ['booking', 'key_reused']);
    assert.equal((await hold(other, event, { ...wish, confirm: true })).kind, 'key_reused');
    assert.deepEqual(await countStates(one.db, event.eventId), { held: 1 });
  });

  test('an access code does not pass for another one with a promo code', async () => {
    const event = await anEvent();
    const wish = aWish();
    assert.equal((await hold(one, event, { ...wish, accessCode: 'FRIENDS\nHALF' })).kind, 'booking');
    assert.deepEqual(await hold(one, event, { ...wish, accessCode: 'FRIENDS', promoCode: 'HALF' }), { kind: 'key_reused' });
  });

  test('another payload is refused after the release too', async () => {
    const event = await anEvent();
    const wish = aWish();
    const { id } = bookingIn(await hold(one, event, wish));
    const actor = { kind: 'organizer' } as const;
    await releaseBooking(one, { eventId: event.eventId, bookingId: id, actor, idempotencyKey: anId() });
    assert.equal((await hold(one, event, { ...wish, quantity: 2 })).kind, 'key_reused');
  });

  test('the same key of another buyer is another booking', async () => {
    const event = await anEvent();
    const wish = aWish();
    const outcomes = await Promise.all([hold(one, event, wish), hold(one, event, { ...wish, buyerKey: anId() })]);
    assert.equal(new Set(outcomes.map((outcome) => bookingIn(outcome).id)).size, 2);
  });

  test('the same key in another event is another booking', async () => {
    const wish = aWish();
    const outcomes = [await hold(one, await anEvent(), wish), await hold(one, await anEvent(), wish)];
    assert.ok(outcomes.every((outcome) => outcome.kind === 'booking' && !outcome.replayed));
  });

  test('a refusal is not recorded: the same key may succeed later', async () => {
    const event = await openEvent(one, [{ capacity: 1 }]);
    const first = bookingIn(await hold(one, event));
    const wish = aWish();
    assert.equal((await hold(one, event, wish)).kind, 'sold_out');
    await releaseBooking(one, { eventId: event.eventId, bookingId: first.id, actor: { kind: 'organizer' }, idempotencyKey: anId() });
    const later = await hold(one, event, wish);
    assert.ok(later.kind === 'booking' && !later.replayed);
  });
});
