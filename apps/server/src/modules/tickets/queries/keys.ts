import type { Queryable, Tx } from '../../../platform/db/index.ts';

export type KeyRow = {
  keyNo: number;
  publicKey: Buffer;
  privateSealed: Buffer;
  createdAt: Date;
  retiredAt: Date | null;
  revokedAt: Date | null;
  commandId: string | null;
};

/** All keys of an event, the first one first. */
export async function readKeys(on: Queryable, eventId: string): Promise<KeyRow[]> {
  return on.query<KeyRow>(
    `select key_no as "keyNo", public_key as "publicKey", private_sealed as "privateSealed", created_at as "createdAt",
       retired_at as "retiredAt", revoked_at as "revokedAt", command_id as "commandId"
     from tickets.event_keys where event_id = $1 order by key_no`,
    [eventId],
  );
}

export type NewKey = { eventId: string; keyNo: number; publicKey: Buffer; privateSealed: Buffer; nowMs: number; commandId: string | null };

export async function insertKey(tx: Tx, { eventId, keyNo, publicKey, privateSealed, nowMs, commandId }: NewKey): Promise<void> {
  await tx.query(
    'insert into tickets.event_keys (event_id, key_no, public_key, private_sealed, created_at, command_id) values ($1, $2, $3, $4, $5, $6)',
    [eventId, keyNo, publicKey, privateSealed, new Date(nowMs), commandId],
  );
}

/** None of the keys that there are signs any more; if they are revoked, what they signed is worth nothing. */
export async function retireKeys(tx: Tx, eventId: string, { nowMs, revoke }: { nowMs: number; revoke: boolean }): Promise<void> {
  await tx.query(
    `update tickets.event_keys set retired_at = coalesce(retired_at, $2), revoked_at = case when $3 then coalesce(revoked_at, $2) else revoked_at end
     where event_id = $1`,
    [eventId, new Date(nowMs), revoke],
  );
}
