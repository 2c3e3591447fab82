import { importsOf } from './imports.ts';
import { floorOf, moduleOf } from './rooms.ts';
import { isTest, withoutComments, type SourceFiles } from './source-files.ts';

/** A place that is not tidy, and what to do instead. */
export type Problem = { path: string; rule: string; advice: string };

export type Rule = (files: SourceFiles, edges: ReadonlySet<string>) => Problem[];

/** Modules meet only at index.ts, along the edges drawn in ARCHITECTURE.md. */
export const modulesMeetAtIndex: Rule = (files, edges) =>
  importPairs(files).flatMap(([path, target]) => {
    const from = moduleOf(path);
    const to = moduleOf(target);
    if (to === null || from === to || isTest(path)) return [];
    if (!/^apps\/server\/src\/modules\/[^/]+\/index\.ts$/.test(target)) {
      return [
        {
          path,
          rule: 'deep import',
          advice: `Import from modules/${to}/index.ts instead of ${target}; if it is missing there, add it to that face.`,
        },
      ];
    }
    if (from === null || edges.has(`${from} -> ${to}`)) return [];
    return [
      {
        path,
        rule: 'undrawn edge',
        advice: `${from} does not use ${to}: write a fact, or draw the edge in ARCHITECTURE.md if the design needs it.`,
      },
    ];
  });

/** main → compose → modules → engines and platform → contract. */
export const dependenciesRunDown: Rule = (files) =>
  importPairs(files).flatMap(([path, target]) => {
    if (isTest(path)) return [];
    const from = floorOf(path);
    const to = floorOf(target);
    if (from === null)
      return [
        {
          path,
          rule: 'no room',
          advice: 'No room is drawn for this file: move it into one, or draw the room in test/tidy/rooms.ts and ARCHITECTURE.md.',
        },
      ];
    if (to === null || to <= from) return [];
    return [{ path, rule: 'import upwards', advice: `It imports ${target}, which stands above it: take what it needs as an argument.` }];
  });

export const noCycles: Rule = (files) => {
  const imports = importsOf(files);
  const done = new Set<string>();
  const problems: Problem[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      const cycle = [...trail.slice(trail.indexOf(path)), path].join(' → ');
      problems.push({ path, rule: 'cycle', advice: `${cycle}: move what both need into a file of its own.` });
      return;
    }
    if (done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return problems;
};

export const environmentIsReadOnce: Rule = (files) =>
  matching(files, /process\.env\b/, (path) => inServer(path) && path !== 'apps/server/src/config.ts', {
    rule: 'stray process.env',
    advice: 'Add a setting to config/settings.ts and take its value as an argument; config.ts is the one reader of the environment.',
  });

export const modulesHaveNoClock: Rule = (files) =>
  matching(files, /Date\.now\(|new Date\(\)|Math\.random\(/, (path) => moduleOf(path) !== null && !isTest(path), {
    rule: 'own clock',
    advice: 'Take a Clock or Random as an argument (platform/clock, platform/random.ts); the sale’s time is the batch’s.',
  });

/** Which room’s SQL may name which schema. */
const SCHEMA_OWNERS: Readonly<Record<string, RegExp>> = {
  accounts: /^apps\/server\/src\/modules\/accounts\//,
  organizations: /^apps\/server\/src\/modules\/organizations\//,
  sales: /^apps\/server\/src\/modules\/sales\//,
  buyers: /^apps\/server\/src\/modules\/buyers\//,
  catalog: /^apps\/server\/src\/modules\/catalog\//,
  payments: /^apps\/server\/src\/modules\/payments\//,
  tickets: /^apps\/server\/src\/modules\/tickets\//,
  facts: /^apps\/server\/src\/platform\/facts\//,
  platform: /^apps\/server\/src\/platform\/db\//,
};

export const schemasHaveOwners: Rule = (files) =>
  [...files].flatMap(([path, text]) => {
    if (isTest(path) || path.startsWith('bench/') || path.startsWith('scripts/')) return [];
    const named = [
      ...withoutComments(text).matchAll(
        /\b(?:from|join|into|update|table)\s+(accounts|buyers|organizations|sales|catalog|payments|tickets|facts|platform)\.[a-z_]+/g,
      ),
    ];
    const foreign = named.map((match) => match[1] ?? '').find((schema) => !SCHEMA_OWNERS[schema]?.test(path));
    if (foreign === undefined) return [];
    return [
      { path, rule: 'foreign schema', advice: `Only the owner’s SQL names the tables of ${foreign}: call a function of its index.ts.` },
    ];
  });

const ENTRIES = [/^apps\/server\/src\/main\.ts$/, /^scripts\//, /^bench\/main\.ts$/, /^packages\/[a-z-]+\/src\/(index|node)\.ts$/];

export const nothingIsDead: Rule = (files) => {
  const imports = importsOf(files);
  const used = new Set([...imports].flatMap(([path, targets]) => (isTest(path) ? [] : targets)));
  const spawned = [...files].map(([path, text]) => (path.startsWith('test/tidy') ? '' : text)).join('\n');
  return (
    [...files.keys()]
      .filter((path) => !isTest(path) && !used.has(path) && !ENTRIES.some((entry) => entry.test(path)))
      // A program that is started as a process of its own is named by a string.
      .filter((path) => !new RegExp(`['/]${path.split('/').at(-1)}'`).test(spawned))
      .map((path) => ({ path, rule: 'dead file', advice: 'Nothing uses it: delete it, or import it where it belongs.' }))
  );
};

export const nothingIsLeftForLater: Rule = (files) => {
  // Put together here, so that this file does not find itself.
  const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b|\\b(test|it|describe)\\.(skip|only)\\(`);
  return matching(files, marks, () => true, {
    rule: 'left for later',
    advice: 'Do it now, or open an issue and say in a comment how things are, not how they should be.',
  });
};

const FILE_LINES_MAX = 400;

export const filesAreSmall: Rule = (files) =>
  [...files].flatMap(([path, text]) => {
    const lines = text.split('\n').length - 1;
    if (lines <= FILE_LINES_MAX) return [];
    return [
      {
        path,
        rule: 'large file',
        advice: `It has ${lines} lines, at most ${FILE_LINES_MAX} are allowed: it does more than one thing, split it.`,
      },
    ];
  });

export const namesAreKebabCase: Rule = (files) =>
  [...files.keys()]
    .filter((path) => !/^[a-z0-9-]+(\.(long|engines))?(\.test)?\.(ts|js)$/.test(path.split('/').at(-1) ?? ''))
    .map((path) => ({ path, rule: 'name', advice: 'Name the file in kebab-case, after the one thing it exports.' }));

export const exportsAreNamed: Rule = (files) =>
  matching(files, /^export (\*|default)/m, () => true, { rule: 'unnamed export', advice: 'Export by name: a face lists what it shows.' });

export const RULES: Readonly<Record<string, Rule>> = {
  modulesMeetAtIndex,
  dependenciesRunDown,
  noCycles,
  environmentIsReadOnce,
  modulesHaveNoClock,
  schemasHaveOwners,
  nothingIsDead,
  nothingIsLeftForLater,
  filesAreSmall,
  namesAreKebabCase,
  exportsAreNamed,
};

function importPairs(files: SourceFiles): [string, string][] {
  return [...importsOf(files)].flatMap(([path, targets]) => targets.map((target): [string, string] => [path, target]));
}

function inServer(path: string): boolean {
  return (path.startsWith('apps/') || path.startsWith('packages/')) && !isTest(path);
}

type Finding = { rule: string; advice: string };

function matching(files: SourceFiles, pattern: RegExp, applies: (path: string) => boolean, finding: Finding): Problem[] {
  return [...files].filter(([path, text]) => applies(path) && pattern.test(withoutComments(text))).map(([path]) => ({ path, ...finding }));
}
