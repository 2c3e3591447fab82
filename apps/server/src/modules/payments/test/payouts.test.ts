import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formatId } from '../../../platform/ids/index.ts';
import { openPayments, type Made, type PaymentsUnderTest } from './support.ts';

let it: PaymentsUnderTest;

before(async () => {
  it = await openPayments();
});

after(() => it.close());

const PRICING = {
  rounding: { mode: 'half_even', per: 'booking' },
  fees: [{ kind: 'per_ticket', name: 'Service', amountMinor: 100, onFree: false, ticketTypeIds: null }],
  taxes: [{ name: 'VAT', ratePpm: 200_000, included: false, onFees: true, ticketTypeIds: null }],
} as const;

type Payout = Record<string, number> & { lies_with: Record<string, number> };

async function payouts({ organizationId }: Made, query = ''): Promise<Payout[]> {
  const { status, body } = await it.organizeHouse('GET', organizationId, `/payouts${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body['data'] as Payout[];
}

test('what is due is what the balances say, to the unit, whatever money did', async () => {
  const event = await it.newEvent({ pricing: PRICING });
  const code = { code: 'HALF', kind: 'percent', value: 500_000 };
  assert.equal((await it.organize('POST', event, '/promo-codes', { body: code })).status, 201);
  const [plain, cheaper, disputed, lost] = [
    await it.sell(event, 3),
    await it.sell(event, 1, 'HALF'),
    await it.sell(event),
    await it.sell(event),
  ];
  await it.organize('POST', event, `/bookings/${plain.id}/refund`, { body: { tickets: [1] } });
  await it.organize('POST', event, `/bookings/${plain.id}/refund`, { body: { amount_minor: 333 } });
  await it.organize('POST', event, `/bookings/${cheaper.id}/refund`, { body: { keep_fees: true } });
  await it.drain();
  for (const { ref } of [disputed, lost]) {
    await it.tell(it.provider.notify('dispute.opened', ref, { dispute: { ref: `dp_${ref}`, amountMinor: 2_520 } }));
  }
  await it.tell(it.provider.notify('dispute.lost', lost.ref, { dispute: { ref: `dp_${lost.ref}`, amountMinor: 2_520 } }));
  const unkept = await it.begin(event);
  await it.tell(it.provider.pay(unkept.ref, { amountMinor: 7 }));
  const [payout, ...others] = await payouts(event);
  assert.ok(payout);
  assert.equal(others.length, 0);
  const balances = await it.balances(event.eventId);
  const of = (account: string): number => balances[account] ?? 0;
  assert.equal(payout['net_due_minor'], -(of('sales') + of('fees') + of('taxes')) - of('disputed'));
  assert.deepEqual(payout.lies_with, {
    ...{ provider_minor: of('provider'), cash_minor: 0, card_at_door_minor: 0, external_minor: 0, owed_minor: -of('owed') },
  });
  assert.equal(of('provider') + of('owed'), payout['net_due_minor'], 'what lies there and is not owed back is due');
  const { gross_sales_minor: gross, discounts_minor: discounts, fees_minor: fees, taxes_minor: taxes } = payout;
  assert.deepEqual([gross, discounts, fees], [12_000, 1_000, 600]);
  assert.equal(taxes, 2_320);
  assert.equal(payout['disputes_minor'], 5_040);
});

test('periods add up to the whole, and leave out what was before and after', async () => {
  const event = await it.newEvent();
  await it.sell(event);
  await it.rows(`update payments.transfers set at = '2020-01-01T00:00:00Z' where event_id = $1`, [event.eventId]);
  await it.sell(event, 2);
  const due = async (query: string) => (await payouts(event, query)).map((payout) => payout['net_due_minor']);
  assert.deepEqual(await due('?until=2020-01-01T00:00:00Z'), []);
  assert.deepEqual(await due('?until=2020-01-02T00:00:00Z'), [2_000]);
  assert.deepEqual(await due('?from=2020-01-02T00:00:00Z'), [4_000]);
  assert.deepEqual(await due(''), [6_000]);
  assert.deepEqual(await due(`?starting_after=${formatId('evt', event.eventId)}`), []);
  assert.equal((await it.organizeHouse('GET', event.organizationId, '/payouts?starting_after=evt_x')).status, 400);
});
