import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { countOf, rotationSeed } from '../support/counts.ts';
import { attack } from './attack.ts';
import { leaveHalfOpen } from './half-open.ts';
import { buildWorld, type World } from './world.ts';

/** The server's own limit for a whole request is 15 s, looked at once a second. */
const CLOSED_MAX_MS = 25_000;
const EACH_KIND = 20;

let world: World;

before(async () => {
  world = await buildWorld();
});

after(() => world.close());

test('20,000 hostile requests are refused, each with a problem, and change nothing', () =>
  attack(world, { seed: rotationSeed(), count: countOf('hostile requests', 20_000) }));

test('requests that are left half open are answered 408 and closed, and others are served meanwhile', async () => {
  const open = leaveHalfOpen(world.server.port, EACH_KIND);
  await attack(world, { seed: rotationSeed() + 1, count: 300 });
  for (const { label, answer, ms } of await open) {
    assert.ok(ms < CLOSED_MAX_MS, `${label}: closed after ${ms} ms`);
    assert.match(answer, /^HTTP\/1\.1 408 [\s\S]*"code":"REQUEST_TIMEOUT"/, label);
  }
});
