import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { filesOf, findTestFiles, suiteOf } from './suites.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessera-'));
after(() => rmSync(folder, { recursive: true }));

const files = {
  'apps/server/src/a.test.ts': '',
  'apps/server/src/b.test.ts': "import { createDatabase } from '../../../test/support/database.ts';",
  'apps/server/node_modules/x/c.test.ts': '',
  'apps/server/src/f.test.ts': "import assert from 'node:assert';\nimport {\n  open,\n  close,\n} from './f/support.ts';",
  'apps/server/src/f/support.ts': "import './cycle.ts';\nexport { open } from './more.ts';",
  'apps/server/src/f/cycle.ts': "import { open } from './support.ts';",
  'apps/server/src/f/more.ts': "import { createDatabase } from '../../../../test/support/database.ts';",
  'apps/server/src/g.test.ts': "import type { Database } from '../../../test/support/database.ts';\nimport { gone } from './gone.ts';",
  'apps/server/src/h.test.ts': "const path = '../../../test/support/database.ts';",
  'bench/d.long.test.ts': '',
  'test/e.engines.test.ts': '',
  'test/support.ts': '',
};
for (const [file, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

test('the suffix decides the suite', () => {
  assert.deepEqual(['a.test.ts', 'a.long.test.ts', 'a.engines.test.ts'].map(suiteOf), ['quick', 'long', 'engines']);
});

test('all test files are found, none of packages', () => {
  assert.deepEqual(findTestFiles(folder), [
    'apps/server/src/a.test.ts',
    'apps/server/src/b.test.ts',
    'apps/server/src/f.test.ts',
    'apps/server/src/g.test.ts',
    'apps/server/src/h.test.ts',
    'bench/d.long.test.ts',
    'test/e.engines.test.ts',
  ]);
});

test('filters narrow every suite', () => {
  const all = findTestFiles(folder);
  assert.deepEqual(filesOf('quick', all, folder, ['a.test', 'b.test']), ['apps/server/src/a.test.ts', 'apps/server/src/b.test.ts']);
  assert.deepEqual(filesOf('engines', all, folder, ['a.test', 'b.test']), ['apps/server/src/b.test.ts']);
});

test('engines runs its own files and the quick ones with a database, also one that they import by way of others', () => {
  assert.deepEqual(filesOf('engines', findTestFiles(folder), folder, []), [
    'apps/server/src/b.test.ts',
    'apps/server/src/f.test.ts',
    'test/e.engines.test.ts',
  ]);
});

test('the tests of the sales module run in engines', () => {
  const repository = resolve(import.meta.dirname, '..');
  const files = filesOf('engines', findTestFiles(repository), repository, ['modules/sales/lane/test/poison', 'modules/sales/test/expiry']);
  assert.equal(files.length, 2);
});
