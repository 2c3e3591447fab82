import { posix } from 'node:path';
import type { SourceFiles } from './source-files.ts';
import { withoutComments } from './source-files.ts';

const SPECIFIER = /(?:from\s+|import\s+|import\s*\(\s*)'([^']+)'/g;

/** The files of ours that each file imports, by static and dynamic imports alike. */
export function importsOf(files: SourceFiles): Map<string, string[]> {
  const imports = new Map<string, string[]>();
  for (const [path, text] of files) {
    const found = [...withoutComments(text).matchAll(SPECIFIER)].map((match) => resolve(path, match[1] ?? ''));
    imports.set(path, [...new Set(found.filter((target) => target !== null))]);
  }
  return imports;
}

function resolve(from: string, specifier: string): string | null {
  const [, ours, part = 'index'] = /^@tessera\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? [];
  if (ours !== undefined) return `packages/${ours}/src/${part}.ts`;
  if (!specifier.startsWith('.')) return null;
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}
