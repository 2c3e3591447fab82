import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StartProblem } from '../platform/start-problem.ts';
import { loadSecrets, readInternalSecret, readServerKey } from './secrets.ts';

const home = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(home, { recursive: true }));
const path = join(home, 'secrets.json');
const unset = { home, serverKey: null, internalSecret: null };

test('the first start makes secrets for its owner alone, and later starts keep them', () => {
  assert.deepEqual([readInternalSecret(unset), readServerKey(unset)], [null, null]);
  const first = loadSecrets(unset);
  assert.equal(first.serverKey.length, 32);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(loadSecrets(unset), first);
  assert.deepEqual([readInternalSecret(unset), readServerKey(unset)], [first.internalSecret, first.serverKey]);
  assert.deepEqual(readdirSync(home), ['secrets.json']);
});

test('settings win over the file, each for itself', () => {
  const stored = loadSecrets(unset);
  const serverKey = Buffer.alloc(32, 7);
  assert.deepEqual(loadSecrets({ ...unset, serverKey }), { ...stored, serverKey });
  assert.equal(readInternalSecret({ home, internalSecret: 'word' }), 'word');
  assert.equal(readServerKey({ home, serverKey }), serverKey);
});

test('a damaged file is never replaced silently', () => {
  for (const text of ['', '{', 'null', '{"serverKey":"c2hvcnQ=","internalSecret":"x"}']) {
    writeFileSync(path, text);
    assert.throws(() => loadSecrets(unset), StartProblem);
  }
});
