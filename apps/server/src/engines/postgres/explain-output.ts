import { StartProblem } from '../../platform/start-problem.ts';

/** The reason not to start that PostgreSQL's programs printed, as one sentence and, where none is known, their last lines. */
export function explainOutput(what: string, output: string): StartProblem {
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    return new StartProblem(`${what}: the disk is full. Free some space and start again.`);
  }
  if (/could not map anonymous shared memory|Cannot allocate memory|Out of memory/i.test(output)) {
    return new StartProblem(`${what}: there is too little memory; it takes about 400 MB.`);
  }
  if (/database files are incompatible with server/i.test(output)) {
    return new StartProblem(`${what}: the data folder was written by another version of PostgreSQL.`);
  }
  return new StartProblem(`${what}. PostgreSQL says:\n${lastLines(output, 5)}`);
}

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join('\n') || '(nothing)';
}
