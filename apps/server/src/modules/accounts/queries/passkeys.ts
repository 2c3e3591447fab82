import type { Queryable, Tx } from '../../../platform/db/index.ts';

export type PasskeyRow = { id: string; nameSealed: Buffer; createdAt: Date; lastUsedAt: Date | null };

/** The person's passkeys, the first first. */
export async function readPasskeys(on: Queryable, personId: string): Promise<(PasskeyRow & { credentialId: Buffer })[]> {
  return on.query(
    `select id, credential_id as "credentialId", name_sealed as "nameSealed", created_at as "createdAt", last_used_at as "lastUsedAt"
     from accounts.passkeys where person_id = $1 order by created_at, id`,
    [personId],
  );
}

export async function countPasskeys(on: Queryable, personId: string): Promise<number> {
  const rows = await on.query<{ count: number }>('select count(*)::int as count from accounts.passkeys where person_id = $1', [personId]);
  return rows[0]?.count ?? 0;
}

type NewPasskey = {
  id: string;
  personId: string;
  credentialId: Buffer;
  publicKey: Buffer;
  signCount: number;
  nameSealed: Buffer;
  nowMs: number;
};

/** False if somebody has this passkey already. */
export async function insertPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const { id, personId, credentialId, publicKey, signCount, nameSealed, nowMs } = passkey;
  const rows = await tx.query(
    `insert into accounts.passkeys (id, person_id, credential_id, public_key, sign_count, name_sealed, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [id, personId, credentialId, publicKey, signCount, nameSealed, new Date(nowMs)],
  );
  return rows.length === 1;
}

export type KnownPasskey = { id: string; personId: string; sealedKey: Buffer; publicKey: Buffer; signCount: number };

/** Whose passkey it is, and what is known of it; null if nobody has it. */
export async function findPasskey(on: Queryable, credentialId: Buffer): Promise<KnownPasskey | null> {
  const rows = await on.query<Omit<KnownPasskey, 'signCount'> & { signCount: string }>(
    `select p.id, p.person_id as "personId", k.sealed_key as "sealedKey", p.public_key as "publicKey", p.sign_count as "signCount"
     from accounts.passkeys p join accounts.person_keys k on k.person_id = p.person_id where p.credential_id = $1`,
    [credentialId],
  );
  const [row] = rows;
  return row ? { ...row, signCount: Number(row.signCount) } : null;
}

/** Notes that it was used; false if it was removed meanwhile, or another request has shown as much. */
export async function usePasskey(tx: Tx, { id, signCount, nowMs }: { id: string; signCount: number; nowMs: number }): Promise<boolean> {
  const rows = await tx.query(
    `update accounts.passkeys set sign_count = $2, last_used_at = $3
     where id = $1 and (sign_count < $2 or (sign_count = 0 and $2 = 0)) returning id`,
    [id, signCount, new Date(nowMs)],
  );
  return rows.length === 1;
}

export async function isPasskeyOf(on: Queryable, personId: string, id: string): Promise<boolean> {
  const rows = await on.query('select 1 from accounts.passkeys where id = $2 and person_id = $1', [personId, id]);
  return rows.length === 1;
}

/** Removes a passkey of a person, and what its sessions have shown with it; false if there is none such. */
export async function deletePasskey(tx: Tx, personId: string, id: string): Promise<boolean> {
  const rows = await tx.query('delete from accounts.passkeys where id = $2 and person_id = $1 returning id', [personId, id]);
  if (rows.length === 0) return false;
  await tx.query('update accounts.sessions set has_second_factor = false where person_id = $1 and passkey_id = $2', [personId, id]);
  return true;
}
