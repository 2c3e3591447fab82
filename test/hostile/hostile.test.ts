import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rotationSeed } from '../support/counts.ts';
import { repository } from '../support/repository.ts';
import { attack } from './attack.ts';
import { routes } from './routes.ts';
import { buildWorld, type World } from './world.ts';

const REQUESTS = 1_500;

let world: World;

before(async () => {
  world = await buildWorld();
});

after(() => world.close());

test('every documented route is under attack', () => {
  const document = JSON.parse(readFileSync(join(repository, 'docs/openapi.json'), 'utf8')) as { paths: Record<string, object> };
  const documented = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  const attacked = new Set(routes.map(({ method, path }) => `${method.toLowerCase()} ${path}`));
  assert.deepEqual(
    documented.filter((route) => !attacked.has(route)),
    [],
    'add the route to test/hostile/routes.ts',
  );
});

test('hostile requests are refused, each with a problem, and change nothing', () =>
  attack(world, { seed: rotationSeed(), count: REQUESTS }));
