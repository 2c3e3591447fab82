import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { repository } from './repository.ts';

export type Figures = Readonly<Record<string, number | string | null>>;

/** The line of a bench: what was measured, of which commit, on how many cores. */
export function lineOf(bench: string, figures: Figures): string {
  return JSON.stringify({ bench, ...figures, commit: commit(), cores: availableParallelism() });
}

/** Keeps a line for good. */
export function recordLine(line: string): void {
  appendFileSync(join(repository, 'bench', 'history.jsonl'), `${line}\n`);
}

/** The commit that is checked out, marked where files differ from it; null outside a repository. */
function commit(): string | null {
  const head = git('rev-parse', '--short=12', 'HEAD');
  if (head === null) return null;
  return git('status', '--porcelain') === '' ? head : `${head}-dirty`;
}

function git(...args: string[]): string | null {
  const result = spawnSync('git', ['--no-optional-locks', ...args], { cwd: repository, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : null;
}
