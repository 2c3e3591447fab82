import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { BOOKING_STATE_NAMES } from '@tessera/contract';
import './fake-browser.ts';

type Words = { heading: string; text: string; kind: string; pay: string | null; isLive: boolean };
type Refund = { reason: string; state: string; amount_minor: number; currency: string; at: string };
type Module = {
  paymentWords(view: object): Words;
  standingWords(view: object): Words;
  refundLines(refunds: readonly Refund[], moneyIn: (currency: string) => object): { text: string; kind: string }[];
};

let words: Module;

before(async () => {
  words = await import(`${pathToFileURL(join(import.meta.dirname, '..', 'assets', 'booking-words.js')).href}?words`);
});

const booking = {
  state: 'refunded',
  quantity: 2,
  returned_tickets: [],
  total_minor: 3_600,
  paid_minor: 3_600,
  expires_at: '2098-05-01T18:00:00Z',
};
const money = { currency: 'EUR', digits: 2 };
const refund: Refund = { reason: 'not_kept', state: 'open', amount_minor: 3_600, currency: 'EUR', at: '2098-05-01T18:00:00Z' };
const standing = (fields: object, refunds: readonly Refund[] = [], event: object | null = null) =>
  words.standingWords({ booking: { ...booking, ...fields }, event, refunds, money });
const paying = (intent: object | null) => words.paymentWords({ booking, intent });

test('every state of a booking has words of its own', () => {
  const others = BOOKING_STATE_NAMES.filter((state) => state !== 'held' && state !== 'awaiting_payment');
  const headings = others.map((state) => standing({ state }).heading);
  assert.equal(new Set(headings).size, others.length);
  for (const [index, state] of others.entries()) assert.notEqual(headings[index], state);
});

test('every state of a payment has words of its own, and only what can be paid leads to pay', () => {
  const states = ['open', 'requires_action', 'processing', 'succeeded', 'cancelled'];
  const said = [
    ...states.map((state) => paying({ state, decline_code: null })),
    paying({ state: 'open', decline_code: 'new_code' }),
    paying(null),
  ];
  assert.equal(new Set(said.map(({ heading }) => heading)).size, said.length);
  assert.deepEqual(
    said.map(({ pay }) => pay),
    ['Pay', 'Go on to pay', null, null, null, 'Try again', null],
  );
  assert.deepEqual(
    said.filter(({ isLive, pay }) => isLive === (pay !== null)),
    [],
    'whoever has nothing to do sees that it goes on',
  );
  assert.match(paying({ state: 'open', decline_code: 'expired_card' }).text, /the card has expired.*Nothing was charged.*held until/);
});

test('money that could not be kept has its reason', () => {
  assert.match(standing({}, [refund], { state: 'cancelled' }).text, /could not be kept: the event is cancelled/);
  assert.match(standing({}, [refund], { state: 'on_sale' }).text, /the time was over, and the tickets were sold meanwhile/);
  assert.match(standing({ paid_minor: 1_800 }, [refund]).text, /another amount than the price/);
  assert.match(standing({}, [{ ...refund, reason: 'by_buyer' }]).text, /You gave all/);
  assert.match(standing({}, [{ ...refund, reason: 'refund_run' }], { state: 'cancelled' }).text, /The event is cancelled/);
  assert.match(standing({}, []).text, /The organizer gave all of it back/);
});

test('what goes back says how far it is, in its own currency', () => {
  const moneyIn = (currency: string) => ({ currency, digits: currency === 'JPY' ? 0 : 2 });
  const lines = words.refundLines(
    [refund, { ...refund, state: 'done', currency: 'JPY' }, { ...refund, state: 'failed' }, { ...refund, amount_minor: 0 }],
    moneyIn,
  );
  assert.deepEqual(
    lines.map(({ kind }) => kind),
    ['wait', 'good', 'stop'],
  );
  assert.match(lines[0]?.text ?? '', /€36\.00 is on its way/);
  assert.match(lines[1]?.text ?? '', /¥3,600 was sent back .* on 1 May/);
  assert.match(lines[2]?.text ?? '', /could not be sent back\..*ask them/);
});

test('who did not pay in time hears what becomes of a payment that comes late', () => {
  assert.match(
    standing({ state: 'expired', paid_minor: 0 }).text,
    /as soon as the payment arrives, if there are any left; else all of it goes back/,
  );
  assert.match(standing({ state: 'expired', paid_minor: 0, total_minor: 0 }).text, /Hold them again/);
});
