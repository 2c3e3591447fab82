import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { studyPlans } from './plan-study.ts';

const HOLDS = 5_000;

describe(`the statements of the lane, planned on small tables, at ${HOLDS} holds`, () => {
  test('find every row by its full key, and cost what they cost at a tenth', async (context) => {
    const { offences, figures } = await studyPlans(HOLDS);
    for (const figure of figures) context.diagnostic(figure);
    assert.deepEqual(offences, []);
  });

  test('negative control: a second index beginning with event_id is found out', async (context) => {
    const { offences } = await studyPlans(HOLDS, ['create index second on sales.buyer_totals (event_id, ticket_type_id)']);
    for (const offence of offences) context.diagnostic(offence);
    assert.ok(offences.some((offence) => /buyer_totals.*Rows Removed by Filter/.test(offence)));
  });

  test('negative control: so is one of the uses of promo codes', async () => {
    const { offences } = await studyPlans(HOLDS, ['create index second on sales.promo_uses (event_id, code)']);
    assert.ok(
      offences.some((offence) => /promo_uses.*Rows Removed by Filter/.test(offence)),
      offences.join('\n'),
    );
  });
});
