import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from './options.ts';

test('without flags there is a default for everything but the seed', () => {
  const parsed = parseOptions([]);
  assert.deepEqual(parsed, {
    kind: 'run',
    options: { buyers: 20_000, capacity: 5_000, seed: null, target: null, secret: null, connections: 256, holdSeconds: 5 },
  });
});

test('flags are read, and the target is cut to its origin', () => {
  const flags = '--buyers 100000 --seed=0 --target http://10.0.0.1:8080/events --secret hush --connections 10 --hold-seconds 1';
  const parsed = parseOptions(flags.split(' '));
  assert.deepEqual(parsed, {
    kind: 'run',
    options: {
      buyers: 100_000,
      capacity: 10_000,
      seed: 0,
      target: 'http://10.0.0.1:8080',
      secret: 'hush',
      connections: 10,
      holdSeconds: 1,
    },
  });
});

test('what is no number, no URL or no flag is refused in a sentence', () => {
  const problemOf = (...args: string[]): string => {
    const parsed = parseOptions(args);
    return parsed.kind === 'wrong' ? parsed.problem : parsed.kind;
  };
  assert.match(problemOf('--buyers', '0'), /--buyers must be a whole number from 1/);
  assert.match(problemOf('--capacity', '5.5'), /--capacity must be a whole number/);
  assert.match(problemOf('--seed', '0x10'), /--seed must be/);
  assert.match(problemOf('--target', 'localhost:8080'), /--target must be/);
  assert.match(problemOf('--bueyrs', '5'), /--bueyrs/);
  assert.match(problemOf('20000'), /20000/);
  assert.equal(problemOf('--help'), 'help');
});
