import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Booking } from '@tessera/contract';
import { buildBookingBook, type BookingBook } from './booking-book.ts';
import { buildPromiseBook, type PromiseName } from './promises.ts';

type Story = { book: BookingBook; broken: () => PromiseName[]; tell: (state: Booking['state'], fields?: Partial<Booking>) => void };

function storyOf(totalMinor: number, capacity = 10): Story {
  const promises = buildPromiseBook();
  const book = buildBookingBook(promises, capacity);
  const lines = [{ ticket_type_id: 'typ', quantity: 2, unit_price_minor: totalMinor / 2 }];
  const first = { id: 'bkg', event_id: 'evt', lines, quantity: 2, total_minor: totalMinor, paid_minor: 0, refunded_minor: 0 };
  const rest = { returned_tickets: [], offered_tickets: [], currency: 'EUR', promo_code: null, charges: null, held_at: '', expires_at: '' };
  const times = { expires_in_seconds: null, extended: false, confirmed_at: null, closed_at: null };
  const tell = (state: Booking['state'], fields: Partial<Booking> = {}): void =>
    book.note({ ...first, ...rest, ...times, state, ...fields }, 'token');
  return { book, tell, broken: () => promises.breaches().map(({ name }) => name) };
}

test('a payment that comes late makes an expired booking its buyer’s, or gives all back', () => {
  for (const state of ['confirmed', 'refunded'] as const) {
    const { book, tell, broken } = storyOf(5_000);
    tell('held');
    tell('awaiting_payment');
    book.paying('bkg', 'yes');
    tell('expired');
    tell(state);
    // An answer that was on its way for long.
    tell('awaiting_payment');
    assert.deepEqual([broken(), book.find('bkg')?.state, book.sold], [[], state, state === 'confirmed' ? 2 : 0]);
  }
});

test('tickets that nobody paid for are noticed, whether the buyer never paid or was declined', () => {
  for (const paid of [null, 'no'] as const) {
    const { book, tell, broken } = storyOf(5_000);
    tell('awaiting_payment');
    if (paid !== null) book.paying('bkg', paid);
    tell('confirmed');
    assert.deepEqual(broken(), ['tickets_are_paid']);
  }
});

test('free tickets need no payment, and given back they are cancelled', () => {
  const { book, tell, broken } = storyOf(0);
  tell('held');
  tell('confirmed');
  book.givingBack('bkg', 2);
  assert.equal(book.sold, 0);
  tell('cancelled', { returned_tickets: [1, 2] });
  assert.deepEqual([broken(), book.sold], [[], 0]);
});

test('what its buyer gives back is another’s from the moment it is asked, and an older answer changes nothing', () => {
  const { book, tell, broken } = storyOf(5_000, 2);
  book.paying('bkg', 'yes');
  tell('awaiting_payment');
  book.paying('bkg', 'yes');
  tell('confirmed', { paid_minor: 5_000 });
  assert.equal(book.sold, 2);
  book.givingBack('bkg', 1);
  assert.equal(book.sold, 1);
  tell('confirmed', { paid_minor: 5_000 });
  assert.equal(book.sold, 1);
  tell('partially_refunded', { paid_minor: 5_000, refunded_minor: 2_500, returned_tickets: [2] });
  assert.deepEqual([broken(), book.sold, book.find('bkg')?.refundedMinor], [[], 1, 2_500]);
});

test('a booking that is taken from its buyer unasked is noticed', () => {
  for (const state of ['refunded', 'expired', 'cancelled'] as const) {
    const { book, tell, broken } = storyOf(5_000);
    tell('awaiting_payment');
    book.paying('bkg', 'yes');
    tell('confirmed');
    tell(state);
    // That it had expired may be an older answer; the look at the end, which no other overtakes, tells the two apart.
    assert.deepEqual(broken(), state === 'expired' ? [] : ['booking_kept'], state);
  }
});
