import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';

export type SignUpRow = {
  tokenHash: Buffer;
  personId: string;
  sealedKey: Buffer;
  emailLookup: Buffer;
  emailSealed: Buffer;
  nameSealed: Buffer;
  phc: string;
};

export async function insertSignUp(db: Db, row: SignUpRow & { expiresAtMs: number }): Promise<void> {
  await db.query(
    `insert into accounts.sign_ups (token_hash, person_id, sealed_key, email_lookup, email_sealed, name_sealed, phc, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.tokenHash, row.personId, row.sealedKey, row.emailLookup, row.emailSealed, row.nameSealed, row.phc, new Date(row.expiresAtMs)],
  );
}

export async function readSignUp(on: Queryable, tokenHash: Buffer, nowMs: number): Promise<SignUpRow | null> {
  const rows = await on.query<SignUpRow>(
    `select token_hash as "tokenHash", person_id as "personId", sealed_key as "sealedKey", email_lookup as "emailLookup",
       email_sealed as "emailSealed", name_sealed as "nameSealed", phc
     from accounts.sign_ups where token_hash = $1 and expires_at > $2`,
    [tokenHash, new Date(nowMs)],
  );
  return rows[0] ?? null;
}

/** Removes a sign-up; false if another request was first. */
export async function takeSignUp(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const rows = await tx.query('delete from accounts.sign_ups where token_hash = $1 returning person_id', [tokenHash]);
  return rows.length === 1;
}

/** Removes what nobody finished, a bounded number; answers whether there may be more. */
export async function purgeSignUps(db: Db, nowMs: number): Promise<boolean> {
  const rows = await db.query(
    `delete from accounts.sign_ups where token_hash in (
       select token_hash from accounts.sign_ups where expires_at < $1 limit 1000 for update skip locked) returning 1`,
    [new Date(nowMs)],
  );
  return rows.length === 1000;
}
