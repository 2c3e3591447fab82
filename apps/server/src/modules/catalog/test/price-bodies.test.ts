import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openCatalog, type Answer, type CatalogUnderTest } from './support.ts';
import { eventBody, eventPath, makeEvent, makeOrganization } from './things.ts';

let under: CatalogUnderTest;
let eventId: string;

before(async () => {
  under = await openCatalog();
  eventId = await makeEvent(under);
});
after(() => under.close());

const rounding = { mode: 'half_up', per: 'booking' };
const tax = { name: 'VAT', rate_ppm: 600_000, included: false };

function setPricing(pricing: object): Promise<Answer> {
  return under.send('PATCH', `${eventPath(eventId)}/sale`, { pricing: { rounding, ...pricing } });
}

function fieldOf({ body }: Answer): unknown[] {
  const { code, detail, errors } = body as { code: string; detail: string; errors?: { field: string }[] };
  return [code, errors?.[0]?.field, detail];
}

describe('bodies of prices', () => {
  it('need only what differs from the usual', async () => {
    const fees = [{ kind: 'per_ticket', name: 'Fee', amount_minor: 150 }];
    const answer = await setPricing({ fees, taxes: [{ name: 'VAT', rate_ppm: 200_000, included: true }] });
    assert.deepEqual(answer.body['pricing'], {
      rounding,
      fees: [{ ...fees[0], on_free: false, ticket_type_ids: null }],
      taxes: [{ name: 'VAT', rate_ppm: 200_000, included: true, on_fees: false, ticket_type_ids: null }],
    });
    const body = { name: 'Seat', price_minor: 900, capacity: 5, tiers: [{ name: 'Early', price_minor: 500, until_taken: 2 }] };
    const type = await under.send('POST', `${eventPath(eventId)}/ticket-types`, body);
    assert.deepEqual(type.body['tiers'], [{ ...body.tiers[0], ends_at: null }]);
    const shown = (await under.send('GET', `/api/v1/events/${eventId}`)).body as { ticket_types: Record<string, unknown>[] };
    const { price_minor: now, full_price_minor: later, to_pay_minor: toPay, tier } = shown.ticket_types[0] ?? {};
    assert.deepEqual([now, later, toPay, tier], [500, 900, 650, 'Early']);
  });

  it('name what is missing or too much of a fee by its kind', async () => {
    const refused = async (fee: object) => fieldOf(await setPricing({ fees: [{ name: 'Fee', ...fee }] }));
    const cases = [
      [{ kind: 'per_ticket' }, '/pricing/fees/0/amount_minor'],
      [{ kind: 'percent' }, '/pricing/fees/0/rate_ppm'],
      [{ kind: 'percent', rate_ppm: 1, amount_minor: 1 }, '/pricing/fees/0/amount_minor'],
      [{ kind: 'per_booking', rate_ppm: 1, amount_minor: 1 }, '/pricing/fees/0/rate_ppm'],
    ] as const;
    for (const [fee, field] of cases) assert.deepEqual((await refused(fee)).slice(0, 2), ['REQUEST_INVALID', field]);
  });

  it('of a new event are held to what every change is held to', async () => {
    const path = `/api/v1/organizations/${await makeOrganization(under)}/events`;
    const refused = async (sale: object) => fieldOf(await under.send('POST', path, eventBody({ sale }))).slice(0, 2);
    assert.deepEqual(await refused({ state: 'scheduled' }), ['REQUEST_INVALID', '/sale/publish_at']);
    assert.deepEqual(await refused({ pricing: { rounding, taxes: [tax, tax] } }), ['REQUEST_INVALID', '/sale/pricing/taxes']);
    const detail = '/pricing/taxes must not be more than the price, all added rates together.';
    assert.deepEqual(fieldOf(await setPricing({ taxes: [tax, tax] })), ['SALES_TERMS_INVALID', '/pricing/taxes', detail]);
  });
});
