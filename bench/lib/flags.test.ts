import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagsHelp, readFlags } from './flags.ts';

const flags = {
  rounds: { kind: 'number', least: 1, byDefault: 5, meaning: 'rounds' },
  server: { kind: 'path', meaning: 'another program' },
} as const;

test('flags have their defaults and are read by their kind', () => {
  assert.deepEqual(readFlags(flags, []), { rounds: 5, server: null });
  assert.deepEqual(readFlags(flags, ['--rounds', '2', '--server=x.ts']), { rounds: 2, server: 'x.ts' });
});

test('unknown and wrong flags are refused by name', () => {
  assert.throws(() => readFlags(flags, ['--round', '2']), /--round/);
  assert.throws(() => readFlags(flags, ['--rounds', '0']), /--rounds takes a number from 1/);
  assert.throws(() => readFlags(flags, ['--rounds', 'many']), /--rounds/);
});

test('help names every flag and its default', () => {
  assert.match(flagsHelp(flags), /--rounds +rounds \(5\)\n +--server +another program$/);
});
