import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Book } from './book.ts';
import type { Reply, Shop, Wish } from './shop.ts';

const event = { id: 'evt_1', ticketTypeId: 'typ_1', organizationId: 'org_1' };
const wish: Wish = { event, token: 'token', key: 'key', quantity: 1, confirm: false };

const booked = (id: string, state = 'held', status = 200): Reply => ({ status, body: { id, state } });
const soldOut: Reply = { status: 409, body: { code: 'SALES_SOLD_OUT', retryable: false } };
const unknown: Reply = { status: 503, body: { code: 'OUTCOME_UNKNOWN', retryable: true } };

/** A shop that gives these answers, one after the other, and then the last for ever. */
function shopThatAnswers(...replies: Reply[]): Shop {
  const place = async (): Promise<Reply> => (replies.length > 1 ? (replies.shift() ?? null) : (replies[0] ?? null));
  const notAsked = (): never => assert.fail('the book only places');
  return { env: {}, organizerToken: '', makeEvent: notAsked, newWish: notAsked, place };
}

async function check(first: Reply, ...later: Reply[]): Promise<void> {
  const book = new Book();
  book.write(wish, first);
  await book.checkAll(shopThatAnswers(...later), () => '');
}

describe('the book believes', () => {
  test('one booking, repeated', () => check(booked('bkg_1', 'held', 201), booked('bkg_1')));
  test('a hold that has expired since', () => check(booked('bkg_1'), booked('bkg_1', 'expired')));
  test('a wish that was lost and is known after some tries', () => check(null, unknown, null, unknown, booked('bkg_1')));
  test('a wish that was lost and finds nothing left', () => check(unknown, soldOut));
});

describe('the book finds out', () => {
  test('two bookings of one key', () => assert.rejects(check(booked('bkg_1'), booked('bkg_2')), /two bookings/));
  test('two repeats at once that are answered differently', () =>
    assert.rejects(check(null, booked('bkg_1'), booked('bkg_2')), /two bookings/));
  test('a booking that was acknowledged and is gone', () => assert.rejects(check(booked('bkg_1'), soldOut), /is gone/));
  test('a confirmed booking that is only held', () =>
    assert.rejects(check(booked('bkg_1', 'confirmed'), booked('bkg_1', 'held')), /is held now/));
  test('a failure that is no answer', () => assert.rejects(check({ status: 500, body: {} }, booked('bkg_1')), /nobody may be answered/));
  test('a 503 that says not to try again', () => assert.rejects(check({ status: 503, body: { retryable: false } }, soldOut), /nobody may/));
});
