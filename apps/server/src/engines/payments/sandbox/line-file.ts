import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/** A file that lines are added to; they are in it after `write`, and on the disk after `sync`. */
export type LineFile = {
  push(line: object): void;
  /** Throws the errors of the file system; what is half written then must stay the end of the file. */
  write(): void;
  sync(then: (error: Error | null) => void): void;
  syncNow(): void;
  close(): void;
};

export function openLineFile(path: string): LineFile {
  const file = openSync(path, 'a', 0o600);
  let lines: string[] = [];
  let isSyncing = false;
  let isClosed = false;
  return {
    push: (line) => {
      lines.push(JSON.stringify(line));
    },
    write: () => {
      if (lines.length === 0) return;
      const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
      lines = [];
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    },
    sync: (then) => {
      isSyncing = true;
      fdatasync(file, (error) => {
        isSyncing = false;
        if (isClosed) closeSync(file);
        else then(error);
      });
    },
    syncNow: () => fdatasyncSync(file),
    close: () => {
      isClosed = true;
      // Closed under a sync that is on its way, the number of the file could be another's by then.
      if (!isSyncing) closeSync(file);
    },
  };
}
