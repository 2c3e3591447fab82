import type { Queryable, Tx } from '../../../platform/db/index.ts';

export type SecondFactorRow = { secretSealed: Buffer; isConfirmed: boolean };

/** A person's second factor, confirmed or not; null if there is none. */
export async function readSecondFactor(on: Queryable, personId: string): Promise<SecondFactorRow | null> {
  const rows = await on.query<SecondFactorRow>(
    `select secret_sealed as "secretSealed", confirmed_at is not null as "isConfirmed" from accounts.second_factors where person_id = $1`,
    [personId],
  );
  return rows[0] ?? null;
}

/** Whether the person is asked for a code. */
export async function hasSecondFactor(on: Queryable, personId: string): Promise<boolean> {
  return (await readSecondFactor(on, personId))?.isConfirmed ?? false;
}

/** Makes or replaces a secret that waits to be confirmed; false if one is confirmed. */
export async function putSecret(on: Queryable, personId: string, secretSealed: Buffer): Promise<boolean> {
  const rows = await on.query(
    `insert into accounts.second_factors as f (person_id, secret_sealed) values ($1, $2)
     on conflict (person_id) do update set secret_sealed = excluded.secret_sealed where f.confirmed_at is null returning person_id`,
    [personId, secretSealed],
  );
  return rows.length === 1;
}

/** A right code: its step, and the secret that it was computed from, which must still be the person's. */
export type ShownCode = { personId: string; secretSealed: Buffer; step: number };

/** False if another request confirmed or replaced the secret meanwhile. */
export async function confirmSecret(tx: Tx, { personId, secretSealed, step, nowMs }: ShownCode & { nowMs: number }): Promise<boolean> {
  const rows = await tx.query(
    `update accounts.second_factors set confirmed_at = $4, last_step = $3
     where person_id = $1 and secret_sealed = $2 and confirmed_at is null returning person_id`,
    [personId, secretSealed, step, new Date(nowMs)],
  );
  return rows.length === 1;
}

/** Uses a step up; false if this or a later one was used before. Of two at once the row lets one through. */
export async function takeStep(tx: Tx, { personId, secretSealed, step }: ShownCode): Promise<boolean> {
  const rows = await tx.query(
    `update accounts.second_factors set last_step = $3
     where person_id = $1 and secret_sealed = $2 and confirmed_at is not null and (last_step is null or last_step < $3)
     returning person_id`,
    [personId, secretSealed, step],
  );
  return rows.length === 1;
}

export async function replaceRecoveryCodes(tx: Tx, personId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.query('delete from accounts.recovery_codes where person_id = $1', [personId]);
  await tx.query(`insert into accounts.recovery_codes (hash, person_id) select decode(h, 'hex'), $1 from unnest($2::text[]) h`, [
    personId,
    hashes.map((hash) => hash.toString('hex')),
  ]);
}

/** Uses a recovery code up; false if there is none such, or no more. */
export async function takeRecoveryCode(tx: Tx, personId: string, hash: Buffer): Promise<boolean> {
  const rows = await tx.query('delete from accounts.recovery_codes where hash = $2 and person_id = $1 returning person_id', [
    personId,
    hash,
  ]);
  return rows.length === 1;
}

/** Removes a confirmed second factor with all that rests on it; false if there is none. */
export async function deleteSecondFactor(tx: Tx, personId: string): Promise<boolean> {
  const rows = await tx.query('delete from accounts.second_factors where person_id = $1 and confirmed_at is not null returning person_id', [
    personId,
  ]);
  if (rows.length === 0) return false;
  await tx.query('delete from accounts.recovery_codes where person_id = $1', [personId]);
  // What such a session has shown is worth nothing any more: a factor set up later must be shown anew.
  await tx.query(
    'update accounts.sessions set has_second_factor = false where person_id = $1 and has_second_factor and passkey_id is null',
    [personId],
  );
  return true;
}
