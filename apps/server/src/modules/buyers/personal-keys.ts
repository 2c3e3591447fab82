import { randomBytes } from 'node:crypto';
import type { Db } from '../../platform/db/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { deriveKey, KEY_BYTES, sealBytes, unsealBytes } from '../../platform/seal/index.ts';
import { deletePersonalKey, insertPersonalKey, readPersonalKeys, type PersonalKeyRow } from './queries/personal-keys.ts';

/** A key of each buyer, for what is personal and lies in other modules. Keys are 32 bytes, for `platform/seal`. */
export type PersonalKeys = {
  /** The key of a buyer, made when it is first needed. */
  ensure(buyerKey: string): Promise<Buffer>;
  /** The keys of some buyers; whoever has none, or none any more, is left out. */
  open(buyerKeys: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Destroys a buyer's key: what was sealed under it can be read by nobody, wherever it lies. */
  destroy(buyerKey: string): Promise<void>;
};

export function buildPersonalKeys({ serverKey, db }: { serverKey: Buffer; db: Db }): PersonalKeys {
  const sealingKey = deriveKey(serverKey, 'personal keys of buyers');
  const unsealed = ({ buyerKey, sealedKey }: PersonalKeyRow): Buffer => {
    const key = unsealBytes(sealingKey, sealedKey, placeOf(buyerKey));
    invariant(key, 'a buyer’s personal key was sealed under the key of this server');
    return key;
  };
  return {
    ensure: async (buyerKey) => {
      const [known] = await readPersonalKeys(db, [buyerKey]);
      if (known) return unsealed(known);
      const sealedKey = sealBytes(sealingKey, randomBytes(KEY_BYTES), placeOf(buyerKey));
      return unsealed(await insertPersonalKey(db, { buyerKey, sealedKey }));
    },
    open: async (buyerKeys) => {
      if (buyerKeys.length === 0) return new Map();
      const rows = await readPersonalKeys(db, [...new Set(buyerKeys)]);
      return new Map(rows.map((row) => [row.buyerKey, unsealed(row)]));
    },
    destroy: (buyerKey) => deletePersonalKey(db, buyerKey),
  };
}

function placeOf(buyerKey: string): string {
  return `personal key of buyer ${buyerKey}`;
}
