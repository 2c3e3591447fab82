import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, loadConfig } from './config.ts';
import type { Environment, Overrides } from './config.ts';

function problemsOf(environment: Environment, overrides: Overrides = {}): readonly string[] {
  try {
    loadConfig(environment, overrides);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
}

test('nothing set: embedded database, port 8080 of this machine alone, all roles', () => {
  const config = loadConfig({});
  assert.deepEqual(config.http, { host: '127.0.0.1', port: 8080 });
  assert.deepEqual(config.database, { url: null, directUrl: null, poolMax: 10 });
  assert.deepEqual([...config.roles], ['api', 'worker']);
  assert.equal(config.demo, null);
});

test('an empty text counts as not set, and the command line wins', () => {
  assert.equal(loadConfig({ PORT: '' }).http.port, 8080);
  assert.equal(loadConfig({ PORT: '9000' }, { PORT: '9001' }).http.port, 9001);
});

test('people open it at its port of this machine unless told otherwise; an origin has no path', () => {
  assert.equal(loadConfig({ PORT: '9000' }).publicUrl, 'http://localhost:9000');
  assert.equal(loadConfig({ PUBLIC_URL: 'https://Tickets.Example.org:443/' }).publicUrl, 'https://tickets.example.org');
  for (const wrong of [
    'tickets.example.org',
    'ftp://a.example',
    'https://a.example/b',
    'https://a.example/?b',
    'https://me@a.example',
    'https://',
  ]) {
    assert.match(problemsOf({ PUBLIC_URL: wrong }).join(), /^PUBLIC_URL must be a URL like/, wrong);
  }
});

test('the direct URL is the URL unless it is given', () => {
  const url = 'postgres://me@db/tessera';
  assert.equal(loadConfig({ DATABASE_URL: url }).database.directUrl, url);
});

test('every problem is told at once, by the name the operator used', () => {
  const problems = problemsOf({ PORT: 'http', TESSERA_ROLES: 'api,cook', TESSERA_HOEM: '/x' }, { TESSERA_PROCESSES: '0' });
  assert.equal(problems.length, 4);
  assert.match(problems[0] ?? '', /^TESSERA_HOEM is not a setting \(did you mean TESSERA_HOME\?\)\.$/);
  assert.ok(problems.some((problem) => problem.startsWith('--processes must be a whole number from 1 to 256')));
});

test('a setting named like a property of every object is unknown too', () => {
  assert.equal(problemsOf({ TESSERA_constructor: 'x' }).length, 1);
});

test('settings that contradict each other are refused', () => {
  assert.equal(problemsOf({ PORT: '0', TESSERA_PROCESSES: '2' }).length, 1);
  assert.equal(problemsOf({ DATABASE_DIRECT_URL: 'postgres://me@db/tessera' }).length, 1);
  assert.equal(problemsOf({ TESSERA_LANE_BATCH_MAX: '10', TESSERA_LANE_QUEUE_MAX: '5' }).length, 1);
});

test('names of test suites and those Kubernetes injects are nobody’s mistake', () => {
  assert.deepEqual(problemsOf({ TESSERA_TEST_DATABASE_URL: 'x', TESSERA_SERVICE_HOST: '10.0.0.1', TESSERA_PORT: 'tcp://10.0.0.1:80' }), []);
});

test('no problem repeats a secret', () => {
  const secret = 'hunter2';
  const problems = problemsOf({ TESSERA_SERVER_KEY: secret, TESSERA_INTERNAL_SECRET: secret, DATABASE_URL: `mysql://me:${secret}@db/x` });
  assert.equal(problems.length, 3);
  assert.equal(problems.join().includes(secret), false);
});
