import type { Clock } from '../../../platform/clock/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import type { Errands } from '../errands.ts';
import { findKey, noteKeyUse, type ApiKey } from '../queries/api-keys.ts';
import { parseKeyToken } from './key-token.ts';

export type KeyCheck = { kind: 'valid'; key: ApiKey } | { kind: 'expired' } | { kind: 'invalid' };

/** Tells whose a key is, with one question to the database at most, and for a key in steady use one or two a second. */
export type KeyChecks = { check(token: string): Promise<KeyCheck> };

/** A key that is revoked is refused after that by every process: less than a second, with the time of the question. */
const REMEMBER_MS = 750;
const REMEMBERED_MAX = 10_000;
const NOTE_USE_EVERY_MS = 60_000;

type Known = { found: Promise<ApiKey | null>; untilMs: number };

export function buildKeyChecks({ db, clock, errands }: { db: Db; clock: Clock; errands: Errands }): KeyChecks {
  /** By hash, in the order of their questions, which is the order in which they are forgotten. */
  const known = new Map<string, Known>();

  function find(hash: Buffer): Promise<ApiKey | null> {
    const name = hash.toString('latin1');
    const nowMs = performance.now();
    const before = known.get(name);
    if (before && nowMs < before.untilMs) return before.found;
    const entry: Known = { found: ask(hash), untilMs: nowMs + REMEMBER_MS };
    // What failed is not an answer: the next request asks again.
    entry.found.catch(() => {
      if (known.get(name) === entry) known.delete(name);
    });
    known.delete(name);
    known.set(name, entry);
    forget(nowMs);
    return entry.found;
  }

  function forget(nowMs: number): void {
    for (const [name, { untilMs }] of known) {
      if (untilMs > nowMs && known.size <= REMEMBERED_MAX) return;
      known.delete(name);
    }
  }

  async function ask(hash: Buffer): Promise<ApiKey | null> {
    const key = await findKey(db, hash);
    if (key && isLive(key) && wasUsedLongAgo(key)) noteUse(key);
    return key;
  }

  const isLive = ({ expiresAt }: ApiKey): boolean => expiresAt === null || expiresAt.getTime() > clock.nowMs();
  const wasUsedLongAgo = ({ lastUsedAt }: ApiKey): boolean =>
    lastUsedAt === null || lastUsedAt.getTime() <= clock.nowMs() - NOTE_USE_EVERY_MS;

  function noteUse({ id }: ApiKey): void {
    if (!errands.hasRoom()) return;
    errands.run('Noting the use of an API key', () => noteKeyUse(db, { id, nowMs: clock.nowMs(), everyMs: NOTE_USE_EVERY_MS }));
  }

  return {
    check: async (token) => {
      const hash = parseKeyToken(token);
      const key = hash && (await find(hash));
      if (!key) return { kind: 'invalid' };
      return isLive(key) ? { kind: 'valid', key } : { kind: 'expired' };
    },
  };
}
