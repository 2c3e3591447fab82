import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import { underHead } from '../../sales/index.ts';
import { insertKey, readKeys, retireKeys, type KeyRow } from '../queries/keys.ts';
import type { KeyVault } from './key-vault.ts';

/** A key as everybody may know it. The newest is `active`: it signs. */
export type EventKey = { keyNo: number; publicKey: Buffer; state: 'active' | 'retired' | 'revoked'; createdAtMs: number };

export type SigningKey = { keyNo: number; privateKey: KeyObject };

export type RotateOutcome =
  | { kind: 'rotated'; keys: EventKey[]; isRepeat: boolean }
  | { kind: 'too_many_keys' }
  | { kind: 'unknown_event' };

/** The keys that sign the codes of an event. The first one is made when keys are first asked for. */
export type EventKeys = {
  /** Null if there is no such event. What other servers changed is known a few seconds later. */
  signingKey(eventId: string): Promise<SigningKey | null>;
  /** All keys, the first one first; none if there is no such event. As stale as the signing key. */
  list(eventId: string): Promise<readonly EventKey[]>;
  /** Makes a new key that signs from now on. The earlier ones verify still, unless they are revoked. A command that is named is executed once. */
  rotate(eventId: string, options: { revoke: boolean; commandId: string | null }): Promise<RotateOutcome>;
};

/** A key that was given up elsewhere signs for that long: a code so signed is replaced at its next reading. */
const FRESH_MS = 5_000;
const EVENTS_MAX = 1_000;
export const KEYS_MAX = 100;

type Loaded = { keys: EventKey[]; signing: SigningKey | null };
type Known = { untilMs: number; loaded: Promise<Loaded> };

export function buildEventKeys({ db, clock, vault }: { db: Db; clock: Clock; vault: KeyVault }): EventKeys {
  const known = new Map<string, Known>();

  function load(eventId: string): Promise<Loaded> {
    const nowMs = clock.nowMs();
    const entry = known.get(eventId);
    if (entry && entry.untilMs > nowMs) return entry.loaded;
    const loaded = readOrMake(eventId);
    known.delete(eventId);
    known.set(eventId, { untilMs: nowMs + FRESH_MS, loaded });
    if (known.size > EVENTS_MAX) known.delete(known.keys().next().value!);
    // What failed, and what is not there yet, is asked for again.
    const forget = (): void => {
      if (known.get(eventId)?.loaded === loaded) known.delete(eventId);
    };
    loaded.then(({ signing }) => signing ?? forget(), forget);
    return loaded;
  }

  async function readOrMake(eventId: string): Promise<Loaded> {
    const rows = await readKeys(db, eventId);
    if (rows.length > 0) return loadedOf(eventId, rows);
    const made = await underHead(db, eventId, async (tx, nowMs) => {
      const others = await readKeys(tx, eventId);
      if (others.length === 0) await insertKey(tx, { eventId, keyNo: 1, ...vault.newPair(eventId, 1), nowMs, commandId: null });
      return { result: await readKeys(tx, eventId), facts: [] };
    });
    return loadedOf(eventId, made ?? []);
  }

  function loadedOf(eventId: string, rows: readonly KeyRow[]): Loaded {
    const active = rows.findLast(({ retiredAt }) => retiredAt === null);
    const signing = active ? { keyNo: active.keyNo, privateKey: vault.open(eventId, active.keyNo, active) } : null;
    return { keys: rows.map(keyOf), signing };
  }

  return {
    signingKey: async (eventId) => (await load(eventId)).signing,
    list: async (eventId) => (await load(eventId)).keys,
    rotate: async (eventId, { revoke, commandId }) => {
      const outcome = await underHead<RotateOutcome>(db, eventId, async (tx, nowMs) => {
        const rows = await readKeys(tx, eventId);
        if (commandId !== null && rows.some((row) => row.commandId === commandId)) {
          return { result: { kind: 'rotated', keys: rows.map(keyOf), isRepeat: true }, facts: [] };
        }
        if (rows.length >= KEYS_MAX) return { result: { kind: 'too_many_keys' }, facts: [] };
        await retireKeys(tx, eventId, { nowMs, revoke });
        const keyNo = rows.length + 1;
        await insertKey(tx, { eventId, keyNo, ...vault.newPair(eventId, keyNo), nowMs, commandId });
        return { result: { kind: 'rotated', keys: (await readKeys(tx, eventId)).map(keyOf), isRepeat: false }, facts: [] };
      });
      known.delete(eventId);
      return outcome ?? { kind: 'unknown_event' };
    },
  };
}

function keyOf({ keyNo, publicKey, createdAt, retiredAt, revokedAt }: KeyRow): EventKey {
  const state = revokedAt ? 'revoked' : retiredAt ? 'retired' : 'active';
  return { keyNo, publicKey, state, createdAtMs: createdAt.getTime() };
}
