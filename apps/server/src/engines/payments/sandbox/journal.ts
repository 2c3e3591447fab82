import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/**
 * An append-only file of JSON lines with group commit: whatever was appended while the last group went to the disk is the
 * next group, written and flushed once for all that wait.
 *
 * idle → (append) → gathering until this turn of the event loop ends → flushing → gathering again if something waits → idle.
 * A failed write is the end (`onFailure`): the state in memory is ahead of the disk, so nothing may be answered from it.
 */
export type Journal = {
  append(line: object): void;
  /** The same for what may be lost: it goes along with the next group. */
  note(line: object): void;
  /** Calls back when everything appended so far is on the disk: at once if it is. */
  whenFlushed(then: () => void): void;
  close(): void;
};

export type JournalOptions = {
  path: string;
  /** Whether a group waits for the disk; without, it survives the end of the process but not that of the machine. */
  durable: boolean;
  onFailure: (error: Error) => void;
};

/** What is only noted waits so long for a group at most. */
const NOTE_MS = 250;

export function openJournal({ path, durable, onFailure }: JournalOptions): Journal {
  const file = openSync(path, 'a', 0o600);
  let lines: string[] = [];
  /** Those who wait for the group that is gathering, and for the one that is on its way to the disk. */
  let gathering: (() => void)[] = [];
  let flushing: (() => void)[] | null = null;
  let isDirty = false;
  let isGathering = false;
  let isClosed = false;
  let noteTimer: NodeJS.Timeout | null = null;

  function gather(): void {
    if (flushing !== null || isGathering || isClosed) return;
    isGathering = true;
    setImmediate(flush);
  }

  function flush(): void {
    isGathering = false;
    if (isClosed) return;
    const group = gathering;
    gathering = [];
    isDirty = false;
    try {
      writeLines();
    } catch (error) {
      onFailure(error as Error);
      return;
    }
    if (!durable) {
      finish(group);
      return;
    }
    flushing = group;
    fdatasync(file, (error) => {
      flushing = null;
      if (isClosed) return closeSync(file);
      if (error !== null) return onFailure(error);
      finish(group);
    });
  }

  function finish(group: readonly (() => void)[]): void {
    for (const then of group) then();
    if (isDirty) gather();
  }

  function writeLines(): void {
    if (noteTimer !== null) clearTimeout(noteTimer);
    noteTimer = null;
    if (lines.length === 0) return;
    const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
    lines = [];
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  }

  return {
    append: (line) => {
      lines.push(JSON.stringify(line));
      isDirty = true;
      gather();
    },
    note: (line) => {
      lines.push(JSON.stringify(line));
      noteTimer ??= setTimeout(gather, NOTE_MS).unref();
    },
    whenFlushed: (then) => {
      if (isDirty) gathering.push(then);
      else if (flushing !== null) flushing.push(then);
      else then();
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      writeLines();
      if (durable) fdatasyncSync(file);
      if (flushing === null) closeSync(file);
    },
  };
}
