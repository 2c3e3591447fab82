import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { composeDocument } from '../../apps/server/src/compose-document.ts';
import { newBuyer } from './contract/buyer.ts';
import { caseOf } from './contract/cases.ts';
import { readDocument } from './contract/document.ts';
import { setStage, type Stage } from './contract/stage.ts';

const committed = readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8');

test('docs/openapi.json is what the routes say', async () => {
  const isSame = (await composeDocument()) === committed;
  assert.ok(isSame, 'The routes have changed: run node scripts/write-openapi.ts and commit docs/openapi.json.');
});

describe('every documented answer is given as it is documented', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage();
  });
  after(() => stage.close());

  for (const documented of readDocument(committed)) {
    const { method, path, status, mediaType, validate } = documented;
    test(`${method} ${path} ${status}`, async () => {
      const provoke = caseOf(documented);
      assert.ok(provoke, 'Write a case that provokes this answer into contract/cases.ts, or take it out of the route.');
      const answer = await provoke(stage, await newBuyer(stage));
      assert.equal(answer.statusCode, status, answer.body);
      if (mediaType === null || validate === null) return;
      assert.equal(String(answer.headers['content-type']).split(';')[0], mediaType);
      const body: unknown = mediaType.endsWith('json') ? answer.json() : answer.body;
      assert.ok(validate(body), JSON.stringify(validate.errors));
      assert.match(String(answer.headers['x-request-id']), /^[\w-]+$/);
    });
  }
});

test('the comparison can fail: a booking is refused where the document says otherwise', async () => {
  const stage = await setStage();
  try {
    const answer = await (await newBuyer(stage)).place();
    const validatorOf = (text: string) =>
      readDocument(text).find((one) => one.operationId === 'placeBooking' && one.status === 201)?.validate;
    assert.equal(validatorOf(committed)?.(answer.json()), true);
    const other = JSON.parse(committed);
    other.components.schemas.Booking.properties.quantity.type = 'string';
    assert.equal(validatorOf(JSON.stringify(other))?.(answer.json()), false);
  } finally {
    await stage.close();
  }
});
