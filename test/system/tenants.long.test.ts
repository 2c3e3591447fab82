import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { countOf, rotationSeed } from '../support/counts.ts';
import { openHouses, type Houses } from './houses.ts';
import { buildTenants } from './tenants/build-tenants.ts';
import { probe } from './tenants/probe.ts';
import type { Tenant } from './tenants/tenant.ts';

let houses: Houses;
let tenants: { own: Tenant; other: Tenant };
before(async () => {
  houses = await openHouses();
  tenants = await buildTenants(houses);
});
after(() => houses.close());

test('20,000 requests with ids of another tenant leak nothing and change nothing of it', async () => {
  const count = countOf('requests over two tenants', 20_000);
  const seen = await probe({ houses, ...tenants, seed: rotationSeed(), count });
  process.stdout.write(`answers by status: ${JSON.stringify(seen)}\n`);
  assert.ok((seen[404] ?? 0) > count / 8, JSON.stringify(seen));
});
