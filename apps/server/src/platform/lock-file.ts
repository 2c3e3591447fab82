import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { processIdentity } from './processes.ts';

/** Who holds a lock: a process, told from a later one with the same pid by its identity, and what it says about itself. */
export type Holder<Note> = Note & { pid: number; identity: string };

export type Lock<Note> = {
  /** Replaces the note, for readers of the file. */
  write(note: Note): void;
  release(): void;
};

const GUARD_PAUSE_MS = 2;

/**
 * Takes the lock file at `path` for this process, or answers who holds it. A file whose process has ended is stale
 * and taken over. Throws the errors of the file system.
 */
export function takeLock<Note>(path: string, note: Note): { kind: 'taken'; lock: Lock<Note> } | { kind: 'held'; holder: Holder<Note> } {
  const own = { ...note, pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  for (;;) {
    if (linkNew(path, own)) return { kind: 'taken', lock: lockAt(path, own) };
    const holder = readLock<Note>(path);
    if (holder !== null) return { kind: 'held', holder };
    removeStale(path, own);
  }
}

/** Who holds the lock at `path`, or null when nobody does: no file, or one whose process has ended. */
export function readLock<Note>(path: string): Holder<Note> | null {
  const found = parse<Note>(readIfThere(path));
  return found !== null && processIdentity(found.pid) === found.identity ? found : null;
}

/** The file appears with its content at once, and never over another. */
function linkNew(path: string, content: unknown): boolean {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes the file of a process that has ended. Only under a guard: else, of two processes that have found the file
 * stale, the slower one would remove the lock that the faster one has taken meanwhile.
 */
function removeStale(path: string, own: Holder<unknown>): void {
  const guard = `${path}.takeover`;
  if (!linkNew(guard, own)) {
    waitForGuard(guard);
    return;
  }
  try {
    if (isLeftBehind(path)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** A guard is held for an instant; one whose holder was killed in that instant is cleared away. */
function waitForGuard(guard: string): void {
  if (isLeftBehind(guard)) rmSync(guard, { force: true });
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, GUARD_PAUSE_MS);
}

/** Whether there is a file that nobody holds; one that is gone by now must not be removed, another may come. */
function isLeftBehind(path: string): boolean {
  return readIfThere(path) !== null && readLock(path) === null;
}

function lockAt<Note>(path: string, own: Holder<Note>): Lock<Note> {
  return {
    write: (note) => {
      const draft = `${path}.new`;
      writeFileSync(draft, JSON.stringify({ ...own, ...note }), { mode: 0o600 });
      renameSync(draft, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

function parse<Note>(text: string | null): Holder<Note> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isHolder<Note>(value) ? value : null;
  } catch {
    return null; // Cut off by a full disk or a crash of the machine: nobody holds it.
  }
}

function isHolder<Note>(value: unknown): value is Holder<Note> {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' && 'identity' in value;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
