import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path from the repository's root, with forward slashes → text. */
export type SourceFiles = ReadonlyMap<string, string>;

const FOLDERS = ['apps', 'packages', 'bench', 'scripts', 'test'];

/** Every TypeScript and JavaScript file of ours. */
export function readSourceFiles(root: string): SourceFiles {
  const paths = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.{ts,js}`, { cwd: root })).filter(
    (path) => !path.includes('node_modules'),
  );
  return new Map(paths.sort().map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]));
}

export function isTest(path: string): boolean {
  return /(^|\/)test\//.test(path) || path.endsWith('.test.ts');
}

/** The text without comments and without the insides of string literals’ lines that only quote code. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
