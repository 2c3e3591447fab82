import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { countOf, rotationSeed } from '../support/counts.ts';
import { openServers } from './open-servers.ts';
import { simulate } from './simulate.ts';

/**
 * The seeded simulation at full length; simulation.test.ts says how it works. By hand:
 * `TEST_COUNTS=full TEST_SEED=<seed> node --test test/simulation/simulation.long.test.ts`.
 */
const OPERATIONS = 50_000;
/** Every kind of answer that the crowd must have been given, else it tries too little. */
const EXPECTED = [
  'place: booking',
  'place: booking (repeat)',
  'place: key_reused',
  'place: sold_out',
  'place: limit',
  'place: not_on_sale',
  'place: unknown_ticket_type',
  'place: payment_required',
  'place: price_changed',
  'place: promo_refused (unknown)',
  'place: promo_refused (used_up)',
  'place: promo_refused (buyer_limit)',
  'place: promo_refused (not_applicable)',
  'place: CommandFailed',
  'extend: booking',
  'release: booking',
  'confirm: booking',
  'confirm: booking (repeat)',
  'confirm: payment_required',
  'confirm: wrong_state',
  'cancel: booking',
  'cancel: unknown_booking',
  'confirm: not_on_sale',
  'place: set_aside_too_low',
  'await-payment: booking',
  'await-payment: booking (repeat)',
  'await-payment: nothing_to_pay',
  'await-payment: not_on_sale',
  'await-payment: wrong_state',
  'receive-payment: booking',
  'receive-payment: booking (repeat)',
  'receive-payment: unknown_booking',
  'refund: booking',
  'refund: booking (repeat)',
  'refund: disputed',
  'refund: nothing_to_refund',
  'refund: refund_too_high',
  'refund: ticket_returned',
  'refund: unknown_ticket',
  'refund: wrong_state',
  'dispute: booking',
  'dispute: booking (repeat)',
  'settle-owed: booking',
  'settle-owed: booking (repeat)',
  'set-aside: configured',
  'change-quota: configured',
  'change-quota: capacity_too_low',
  'change-ticket-type: configured',
  'change-ticket-type: capacity_too_low',
  'change-promo-code: configured',
  'change-promo-code: uses_too_low',
  'change-promo-code: unknown_promo_code',
  'change-sale: configured',
  'ledger: expire',
  'ledger: reclaim',
  'ledger: refuse',
  'ledger: refund',
  'ledger: refund_part',
  'ledger: sell',
];

const operations = countOf('simulation', OPERATIONS);
const seed = rotationSeed();
const servers = await openServers(3);
after(() => servers.close());

test(`${operations} operations of seed ${seed} on three servers agree with the model`, async (context) => {
  const tally = await simulate({ seed, operations, db: servers.db, servers: servers.submits });
  for (const [answer, count] of [...tally].sort()) context.diagnostic(`${answer}: ${count}`);
  if (operations < OPERATIONS) return;
  const missing = EXPECTED.filter((answer) => !tally.has(answer));
  assert.deepEqual(missing, [], 'the crowd never met these answers');
});
