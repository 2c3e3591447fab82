import { openLineFile } from './line-file.ts';

/**
 * An append-only file of JSON lines with group commit: whatever was appended while the last group went to the disk is the
 * next group, written and flushed once for all that wait.
 *
 * idle → (append) → gathering, until this turn of the event loop ends at least → flushing → gathering again if something waits → idle.
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

/**
 * Groups begin so far apart at least; the first after a pause begins at once. Shorter ones would flush a disk that the
 * database of the sale may share a thousand times a second; longer ones would be felt by whoever waits.
 */
const GROUP_MS = 2;
/** What is only noted waits so long for a group at most. */
const NOTE_MS = 250;

export function openJournal({ path, durable, onFailure }: JournalOptions): Journal {
  const file = openLineFile(path);
  /** Those who wait for the group that is gathering, and for the one that is on its way to the disk. */
  let gathering: (() => void)[] = [];
  let flushing: (() => void)[] | null = null;
  let isDirty = false;
  let isGathering = false;
  /** Closed, or failed: nothing is written behind what may be half a line. */
  let isOver = false;
  let begunAtMs = 0;
  let noteTimer: NodeJS.Timeout | null = null;

  function gather(): void {
    if (flushing !== null || isGathering || isOver) return;
    isGathering = true;
    const waitMs = durable ? GROUP_MS - (performance.now() - begunAtMs) : 0;
    if (waitMs <= 0) setImmediate(flush);
    else setTimeout(flush, waitMs);
  }

  function flush(): void {
    isGathering = false;
    if (isOver) return;
    begunAtMs = performance.now();
    const group = gathering;
    gathering = [];
    isDirty = false;
    if (noteTimer !== null) clearTimeout(noteTimer);
    noteTimer = null;
    try {
      file.write();
    } catch (error) {
      fail(error as Error);
      return;
    }
    if (!durable) {
      finish(group);
      return;
    }
    flushing = group;
    file.sync((error) => {
      flushing = null;
      if (error === null) finish(group);
      else fail(error);
    });
  }

  function finish(group: readonly (() => void)[]): void {
    for (const then of group) then();
    if (isDirty) gather();
  }

  function fail(error: Error): void {
    isOver = true;
    file.close();
    onFailure(error);
  }

  return {
    append: (line) => {
      file.push(line);
      isDirty = true;
      gather();
    },
    note: (line) => {
      file.push(line);
      noteTimer ??= setTimeout(() => {
        isDirty = true;
        gather();
      }, NOTE_MS).unref();
    },
    whenFlushed: (then) => {
      if (isOver) return;
      if (isDirty) gathering.push(then);
      else if (flushing !== null) flushing.push(then);
      else then();
    },
    close: () => {
      if (isOver) return;
      isOver = true;
      file.write();
      if (durable) file.syncNow();
      file.close();
    },
  };
}
