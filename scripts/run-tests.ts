import { once } from 'node:events';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { startPostgres15 } from '../test/support/postgres-15.ts';
import { joinSharedServer } from '../test/support/database-server.ts';
import { filesOf, findTestFiles, suiteOf, suites } from './suites.ts';
import type { Suite, SuiteName } from './suites.ts';

/**
 * Runs one suite of tests: `run-tests.ts [--suite quick|long|engines] [part of a path …]`. One database server serves
 * the whole run. Ends with node:test's summary, and with status 1 when a test failed or there was none.
 */
const CONCURRENCY = 2;
const repository = resolve(import.meta.dirname, '..');

process.exit(await main());

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { suite: { type: 'string', default: 'quick' } }, allowPositionals: true });
  const suite = Object.hasOwn(suites, values.suite) ? suites[values.suite as SuiteName] : undefined;
  if (suite === undefined) return fail(`--suite takes ${Object.keys(suites).join(', ')}.`);
  const all = findTestFiles(repository);
  const files = filesOf(suite.name, all, repository, positionals);
  if (files.length === 0) return fail(`There is no test file ${positionals.join(' ')} in the suite ${suite.name}.`);
  const server = await openServer(suite.name);
  if (server.kind === 'missing') return fail(server.sentence);
  try {
    const passed = await runFiles(files, suite);
    tellWhatWasNotRun(all.filter((file) => !files.includes(file)));
    return passed ? 0 : 1;
  } finally {
    await server.close();
  }
}

type OpenServer = { kind: 'open'; close(): Promise<void> } | { kind: 'missing'; sentence: string };

async function openServer(suite: SuiteName): Promise<OpenServer> {
  if (suite !== 'engines') {
    const shared = await joinSharedServer();
    return { kind: 'open', close: () => shared.leave('now') };
  }
  const found = await startPostgres15();
  if (found.kind === 'missing') return found;
  process.env['TESSERA_TEST_DATABASE_URL'] = found.server.url;
  return { kind: 'open', close: () => found.server.stop() };
}

async function runFiles(files: readonly string[], suite: Suite): Promise<boolean> {
  let failures = 0;
  const stream = run({
    files: files.map((file) => resolve(repository, file)),
    concurrency: CONCURRENCY,
    timeout: suite.fileTimeoutMs,
    cwd: repository,
  });
  stream.on('test:fail', (event) => {
    if (event.todo === undefined || event.todo === false) failures += 1;
  });
  const report = stream.compose(spec);
  report.pipe(process.stdout, { end: false });
  await once(report, 'end');
  return failures === 0;
}

function tellWhatWasNotRun(left: readonly string[]): void {
  for (const suite of Object.values(suites)) {
    const count = left.filter((file) => suiteOf(file) === suite.name).length;
    if (count > 0)
      process.stdout.write(`skipped: ${count} test ${count === 1 ? 'file' : 'files'} of \`${suite.command}\` (${suite.isFor})\n`);
  }
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
