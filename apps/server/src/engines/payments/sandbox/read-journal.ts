import { closeSync, existsSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { StartProblem } from '../../../platform/start-problem.ts';

const CHUNK_BYTES = 1024 * 1024;
const NEW_LINE = 0x0a;

/**
 * Calls `onLine` with every line of the journal, in order. What a crash has left unfinished at the end is cut off: nobody
 * was ever answered from it. Throws StartProblem where whole lines follow a damaged one.
 */
export function readJournal(path: string, onLine: (line: unknown) => void): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  try {
    const wholeBytes = readLines(file, path, onLine);
    ftruncateSync(file, wholeBytes);
  } finally {
    closeSync(file);
  }
}

/** Answers the bytes up to the end of the last line that is whole. */
function readLines(file: number, path: string, onLine: (line: unknown) => void): number {
  let goodBytes = 0;
  let isDamaged = false;
  for (const { text, endBytes } of linesOf(file)) {
    const value = parseLine(text);
    if (value === undefined) isDamaged = true;
    else if (isDamaged) throw new StartProblem(`${path} is damaged. Restore it, or remove it: then the sandbox forgets every payment.`);
    else {
      onLine(value);
      goodBytes = endBytes;
    }
  }
  return goodBytes;
}

function* linesOf(file: number): Generator<{ text: string; endBytes: number }> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest = Buffer.alloc(0);
  let restBytesAt = 0;
  for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
    const bytes = Buffer.concat([rest, chunk.subarray(0, count)]);
    let from = 0;
    for (let to = bytes.indexOf(NEW_LINE); to >= 0; to = bytes.indexOf(NEW_LINE, from)) {
      yield { text: bytes.toString('utf8', from, to), endBytes: restBytesAt + to + 1 };
      from = to + 1;
    }
    rest = Buffer.from(bytes.subarray(from));
    restBytesAt += from;
  }
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Whoever reads decides whether this is the torn end of the file.
  }
}
