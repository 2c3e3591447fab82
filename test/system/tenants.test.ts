import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rotationSeed } from '../support/counts.ts';
import { openHouses, type Houses } from './houses.ts';
import { operationsOf } from './policies/operations.ts';
import { buildTenants } from './tenants/build-tenants.ts';
import { probe } from './tenants/probe.ts';
import { LEFT_OUT, TEMPLATES } from './tenants/templates.ts';
import type { Tenant } from './tenants/tenant.ts';

const REQUESTS = 1_000;

let houses: Houses;
let tenants: { own: Tenant; other: Tenant };
before(async () => {
  houses = await openHouses();
  tenants = await buildTenants(houses);
});
after(() => houses.close());

test('every route has a request in which ids of others can stand, or none where they could', () => {
  const operations = operationsOf(houses.routes);
  const names = [...new Set([...TEMPLATES.map(({ name }) => name), ...LEFT_OUT])];
  assert.deepEqual(names.sort(), operations.map(({ name }) => name).sort());
  const named = operations.filter(({ name, path }) => LEFT_OUT.includes(name) && /\{\w*id\}/.test(path));
  assert.deepEqual(named, []);
});

test('a share of requests with ids of another tenant are answered as with ids of nobody', async () => {
  const seen = await probe({ houses, ...tenants, seed: rotationSeed(), count: REQUESTS });
  assert.ok((seen[404] ?? 0) > REQUESTS / 8 && (seen[200] ?? 0) > REQUESTS / 50, JSON.stringify(seen));
});

test('the comparison can fail: to whoever shows the other tenant’s tokens the ids are something', async () => {
  const { own, other } = tenants;
  await assert.rejects(probe({ houses, own: { ...own, tokens: other.tokens }, other, seed: 1, count: 200 }), assert.AssertionError);
});
