import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLock, takeLock } from '../platform/lock-file.ts';
import type { Holder, Lock } from '../platform/lock-file.ts';
import { StartProblem } from '../platform/start-problem.ts';

/** What a running server tells whoever reads its lock file; the URL is null until it listens. */
export type ServerNote = { url: string | null };

/** Makes the folder of this machine's state and locks it: one server at a time runs from it. */
export function lockHome(home: string): Lock<ServerNote> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const taken = takeLock<ServerNote>(lockPath(home), { url: null });
  if (taken.kind === 'taken') return taken.lock;
  const { pid, url } = taken.holder;
  const where = url === null ? 'is starting' : `runs at ${url}`;
  throw new StartProblem(
    `Tessera already ${where} from ${home} (process ${pid}). Stop it first, or set TESSERA_HOME (and PORT) to run another beside it.`,
  );
}

/** The server that runs from this folder now, or null. */
export function findRunningServer(home: string): Holder<ServerNote> | null {
  return readLock<ServerNote>(lockPath(home));
}

function lockPath(home: string): string {
  return join(home, 'server.json');
}
