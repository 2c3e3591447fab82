import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from './support/repository.ts';
import { RULES, type Problem, type Rule } from './tidy/rules.ts';
import { readSourceFiles, type SourceFiles } from './tidy/source-files.ts';

const files = readSourceFiles(repository);
const edges = readEdges(readFileSync(join(repository, 'ARCHITECTURE.md'), 'utf8'));

/** The edges between modules, drawn in ARCHITECTURE.md as lines `catalog -> sales`. */
function readEdges(text: string): Set<string> {
  return new Set([...text.matchAll(/^\s*([a-z]+) -> ([a-z]+)\b/gm)].map((match) => `${match[1]} -> ${match[2]}`));
}

function describe(problems: readonly Problem[]): string {
  return problems.map(({ path, rule, advice }) => `${path}: ${rule}. ${advice}`).join('\n');
}

for (const [name, rule] of Object.entries(RULES)) {
  test(`the house is tidy: ${name}`, () => {
    const problems = rule(files, edges);
    assert.equal(problems.length, 0, `\n${describe(problems)}`);
  });
}

/** What each rule must find, put into the real tree; a rule that finds nothing in it could not fail. */
const SABOTAGES: readonly { rule: keyof typeof RULES; path: string; text: string; finds: string }[] = [
  {
    rule: 'modulesMeetAtIndex',
    path: 'apps/server/src/modules/catalog/x.ts',
    text: "import { decide } from '../sales/decide/decide.ts';",
    finds: 'deep import',
  },
  {
    rule: 'modulesMeetAtIndex',
    path: 'apps/server/src/modules/sales/x.ts',
    text: "import { x } from '../catalog/index.ts';",
    finds: 'undrawn edge',
  },
  {
    rule: 'dependenciesRunDown',
    path: 'apps/server/src/platform/db/x.ts',
    text: "import { x } from '../../modules/sales/index.ts';",
    finds: 'import upwards',
  },
  {
    rule: 'dependenciesRunDown',
    path: 'apps/server/src/elsewhere/x.ts',
    text: "import { x } from '../platform/invariant.ts';",
    finds: 'no room',
  },
  {
    rule: 'noCycles',
    path: 'apps/server/src/modules/sales/decide/facts.ts',
    text: "import { moveBooking } from './move-booking.ts';",
    finds: 'cycle',
  },
  {
    rule: 'environmentIsReadOnce',
    path: 'apps/server/src/platform/x.ts',
    text: 'export const x = process.env.X;',
    finds: 'stray process.env',
  },
  {
    rule: 'modulesHaveNoClock',
    path: 'apps/server/src/modules/sales/x.ts',
    text: 'export const x = () => Date.now();',
    finds: 'own clock',
  },
  {
    rule: 'schemasHaveOwners',
    path: 'apps/server/src/modules/catalog/x.ts',
    text: 'export const x = `select 1 from sales.heads`;',
    finds: 'foreign schema',
  },
  { rule: 'nothingIsDead', path: 'apps/server/src/platform/nobody-uses-this.ts', text: 'export const x = 1;', finds: 'dead file' },
  {
    rule: 'nothingIsLeftForLater',
    path: 'bench/x.ts',
    text: `const x = 1; x.y /* */; ${'TO' + 'DO'}; export { x };`,
    finds: 'left for later',
  },
  { rule: 'filesAreSmall', path: 'bench/x.ts', text: '\n'.repeat(401), finds: 'large file' },
  { rule: 'namesAreKebabCase', path: 'bench/PlaceHold.ts', text: '', finds: 'name' },
  { rule: 'exportsAreNamed', path: 'bench/x.ts', text: "export * from './lib.ts';", finds: 'unnamed export' },
];

for (const { rule, path, text, finds } of SABOTAGES) {
  test(`tidiness can fail: ${finds}`, () => {
    const found = (RULES[rule] as Rule)(withFile(path, text), edges).filter((problem) => problem.rule === finds);
    assert.ok(found.length > 0, `${rule} did not find "${finds}" in ${path}`);
    assert.ok(
      found.every((problem) => problem.advice.length > 20),
      'each finding says what to do',
    );
  });
}

function withFile(path: string, text: string): SourceFiles {
  return new Map(files).set(path, text);
}
