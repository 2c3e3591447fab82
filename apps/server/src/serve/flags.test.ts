import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagsHelp, readFlags } from './flags.ts';

test('flags override the settings that they name', () => {
  assert.deepEqual(readFlags(['--port', '9000', '--host=0.0.0.0', '--processes', '2', '--roles', 'api']), {
    kind: 'run',
    overrides: { PORT: '9000', HOST: '0.0.0.0', TESSERA_PROCESSES: '2', TESSERA_ROLES: 'api' },
  });
});

test('a switch needs no value and can be negated', () => {
  assert.deepEqual(readFlags(['--demo']), { kind: 'run', overrides: { TESSERA_DEMO: 'true' } });
  assert.deepEqual(readFlags(['--no-demo']), { kind: 'run', overrides: { TESSERA_DEMO: 'false' } });
  assert.deepEqual(readFlags(['--demo=false']), { kind: 'run', overrides: { TESSERA_DEMO: 'false' } });
});

test('every mistake is told, with what was probably meant', () => {
  const flags = readFlags(['--prot', '1', '--host', '--demo']);
  assert.equal(flags.kind, 'wrong');
  const problems = flags.kind === 'wrong' ? flags.problems.join('\n') : '';
  assert.match(problems, /--prot is not a flag \(did you mean --port\?\)\./);
  assert.match(problems, /--host needs a value/);
});

test('a number that looks like a flag and a negated non-switch are mistakes, not crashes', () => {
  assert.equal(readFlags(['--no-port']).kind, 'wrong');
  assert.equal(readFlags(['-p', '80']).kind, 'wrong');
  assert.equal(readFlags(['--']).kind, 'run');
});

test('help wins, and names every flag', () => {
  assert.deepEqual(readFlags(['--port', '1', '--help']), { kind: 'help' });
  for (const flag of ['--port', '--host', '--roles', '--processes', '--demo']) assert.ok(flagsHelp().includes(flag), flag);
});
