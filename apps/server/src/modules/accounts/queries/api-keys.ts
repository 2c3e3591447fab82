import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';

export type KeyOwner = { kind: 'person' | 'organization'; id: string };

/** A key without its secret, which nobody has but who was shown the token. */
export type ApiKey = {
  id: string;
  owner: KeyOwner;
  name: string;
  prefix: string;
  scopes: readonly string[];
  isTest: boolean;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
};

type Row = Omit<ApiKey, 'owner'> & { ownerKind: KeyOwner['kind']; ownerId: string };

const COLUMNS = `k.id, k.owner_kind as "ownerKind", k.owner_id as "ownerId", k.name, k.prefix, k.scopes, k.is_test as "isTest",
  k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt"`;

/** Waits for others who make keys for this owner, until the transaction ends: so the count stays true. */
export async function lockKeysOf(tx: Tx, owner: KeyOwner): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('api keys of ' || $1::text, 0))`, [owner.id]);
}

export async function countKeys(tx: Tx, owner: KeyOwner): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    'select count(*)::int as count from accounts.api_keys where owner_id = $1 and owner_kind = $2 and revoked_at is null',
    [owner.id, owner.kind],
  );
  return rows[0]?.count ?? 0;
}

export async function insertKey(tx: Tx, key: ApiKey & { hash: Buffer; createdBy: string | null }): Promise<void> {
  await tx.query(
    `insert into accounts.api_keys
       (id, owner_kind, owner_id, created_by, name, prefix, hash, scopes, is_test, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      key.id,
      key.owner.kind,
      key.owner.id,
      key.createdBy,
      key.name,
      key.prefix,
      key.hash,
      key.scopes,
      key.isTest,
      key.createdAt,
      key.expiresAt,
    ],
  );
}

/** The keys of an owner that were not revoked, newest first. */
export async function readKeys(on: Queryable, owner: KeyOwner): Promise<ApiKey[]> {
  const rows = await on.query<Row>(
    `select ${COLUMNS} from accounts.api_keys k
     where k.owner_id = $1 and k.owner_kind = $2 and k.revoked_at is null order by k.created_at desc, k.id desc`,
    [owner.id, owner.kind],
  );
  return rows.map(toKey);
}

/** The key of a hash that was not revoked, and whose person, if it has one, is still there. */
export async function findKey(on: Queryable, hash: Buffer): Promise<ApiKey | null> {
  const rows = await on.query<Row>(
    `select ${COLUMNS} from accounts.api_keys k
     where k.hash = $1 and k.revoked_at is null
       and (k.owner_kind <> 'person' or exists (select 1 from accounts.person_keys p where p.person_id = k.owner_id))`,
    [hash],
  );
  return rows[0] ? toKey(rows[0]) : null;
}

/** Null if the owner has no such key, or has revoked it before. */
export async function revokeKey(tx: Tx, { owner, id, nowMs }: { owner: KeyOwner; id: string; nowMs: number }): Promise<ApiKey | null> {
  const rows = await tx.query<Row>(
    `update accounts.api_keys k set revoked_at = $4
     where k.id = $1 and k.owner_id = $2 and k.owner_kind = $3 and k.revoked_at is null returning ${COLUMNS}`,
    [id, owner.id, owner.kind, new Date(nowMs)],
  );
  return rows[0] ? toKey(rows[0]) : null;
}

/** Notes a use, unless one of the last `everyMs` is noted. */
export async function noteKeyUse(db: Db, { id, nowMs, everyMs }: { id: string; nowMs: number; everyMs: number }): Promise<void> {
  await db.query('update accounts.api_keys set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $3)', [
    id,
    new Date(nowMs),
    new Date(nowMs - everyMs),
  ]);
}

/** Removes what was revoked before a time, a bounded number; answers whether there may be more. */
export async function purgeKeys(db: Db, beforeMs: number): Promise<boolean> {
  const rows = await db.query(
    `delete from accounts.api_keys where id in (
       select id from accounts.api_keys where revoked_at < $1 limit 1000 for update skip locked) returning 1`,
    [new Date(beforeMs)],
  );
  return rows.length === 1000;
}

function toKey({ ownerKind, ownerId, ...key }: Row): ApiKey {
  return { ...key, owner: { kind: ownerKind, id: ownerId } };
}
