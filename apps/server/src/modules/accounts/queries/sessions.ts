import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';

export type SessionRow = { id: string; deviceSealed: Buffer; createdAt: Date; refreshedAt: Date; expiresAt: Date };
export type EndedBy = 'sign_out' | 'reuse' | 'password_change' | 'too_many';
type NewSession = {
  id: string;
  personId: string;
  deviceSealed: Buffer;
  hasSecondFactor: boolean;
  passkeyId: string | null;
  nowMs: number;
  expiresAtMs: number;
  refreshHash: Buffer;
};

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  const now = new Date(session.nowMs);
  await tx.query(
    `insert into accounts.sessions (id, person_id, device_sealed, created_at, refreshed_at, expires_at, has_second_factor, passkey_id)
     values ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [session.id, session.personId, session.deviceSealed, now, new Date(session.expiresAtMs), session.hasSecondFactor, session.passkeyId],
  );
  await insertRefreshToken(tx, { hash: session.refreshHash, sessionId: session.id, nowMs: session.nowMs });
}

export async function insertRefreshToken(tx: Tx, token: { hash: Buffer; sessionId: string; nowMs: number }): Promise<void> {
  await tx.query('insert into accounts.refresh_tokens (hash, session_id, issued_at) values ($1, $2, $3)', [
    token.hash,
    token.sessionId,
    new Date(token.nowMs),
  ]);
}

/** The session of a refresh token, used or not. */
export async function findSessionId(on: Queryable, hash: Buffer): Promise<string | null> {
  const rows = await on.query<{ id: string }>('select session_id as id from accounts.refresh_tokens where hash = $1', [hash]);
  return rows[0]?.id ?? null;
}

export type RefreshFound = {
  sessionId: string;
  personId: string;
  isUsed: boolean;
  isLive: boolean;
  hasSecondFactor: boolean;
  createdAt: Date;
};

/** The session of a refresh token. Its row is locked, so that of two that use one token at once the second sees the first. */
export async function lockRefreshToken(tx: Tx, hash: Buffer, nowMs: number): Promise<RefreshFound | null> {
  const rows = await tx.query<RefreshFound>(
    `select s.id as "sessionId", s.person_id as "personId", t.used_at is not null as "isUsed",
       s.ended_at is null and s.expires_at > $2 as "isLive", s.has_second_factor as "hasSecondFactor", s.created_at as "createdAt"
     from accounts.refresh_tokens t join accounts.sessions s on s.id = t.session_id
       join accounts.person_keys k on k.person_id = s.person_id
     where t.hash = $1 for update of t, s`,
    [hash, new Date(nowMs)],
  );
  return rows[0] ?? null;
}

export async function useRefreshToken(tx: Tx, use: { hash: Buffer; sessionId: string; nowMs: number; expiresAtMs: number }): Promise<void> {
  const now = new Date(use.nowMs);
  await tx.query('update accounts.refresh_tokens set used_at = $2 where hash = $1', [use.hash, now]);
  await tx.query('update accounts.sessions set refreshed_at = $2, expires_at = $3 where id = $1', [
    use.sessionId,
    now,
    new Date(use.expiresAtMs),
  ]);
}

/** The person's sessions that are alive, newest first. */
export async function readSessions(on: Queryable, personId: string, nowMs: number): Promise<SessionRow[]> {
  return on.query<SessionRow>(
    `select id, device_sealed as "deviceSealed", created_at as "createdAt", refreshed_at as "refreshedAt", expires_at as "expiresAt"
     from accounts.sessions where person_id = $1 and ended_at is null and expires_at > $2 order by created_at desc, id limit 100`,
    [personId, new Date(nowMs)],
  );
}

type Ending = { personId: string; sessionId: string | null; endedBy: EndedBy; nowMs: number };

/** Ends a session of the person, or all of them; answers the ids of those that it ended. */
export async function endSessions(on: Queryable, { personId, sessionId, endedBy, nowMs }: Ending): Promise<string[]> {
  const rows = await on.query<{ id: string }>(
    `update accounts.sessions set ended_at = $3, ended_by = $4
     where person_id = $1 and ($2::uuid is null or id = $2) and ended_at is null and expires_at > $3 returning id`,
    [personId, sessionId, new Date(nowMs), endedBy],
  );
  return rows.map((row) => row.id);
}

/** Ends the oldest sessions of a person beyond a number. */
export async function endOldestSessions(
  tx: Tx,
  { personId, keep, nowMs }: { personId: string; keep: number; nowMs: number },
): Promise<void> {
  await tx.query(
    `update accounts.sessions set ended_at = $3, ended_by = 'too_many' where id in (
       select id from accounts.sessions where person_id = $1 and ended_at is null and expires_at > $3 order by created_at desc, id offset $2)`,
    [personId, keep, new Date(nowMs)],
  );
}

/** Removes sessions that ended or ran out before a time, with their tokens, a bounded number; answers whether there may be more. */
export async function purgeSessions(db: Db, beforeMs: number): Promise<boolean> {
  const rows = await db.query(
    `with ended as (select id from accounts.sessions where ended_at < $1 limit 500 for update skip locked),
     expired as (select id from accounts.sessions where expires_at < $1 limit 500 for update skip locked),
     gone as (
       delete from accounts.sessions where id in (select id from ended union all select id from expired) returning id),
     tokens as (delete from accounts.refresh_tokens where session_id in (select id from gone))
     select id from gone`,
    [new Date(beforeMs)],
  );
  return rows.length >= 500;
}

/** Sessions that ended since a time: what other processes must know while access tokens of them live. */
export async function readEndedSessions(on: Queryable, sinceMs: number): Promise<string[]> {
  const rows = await on.query<{ id: string }>('select id from accounts.sessions where ended_at >= $1', [new Date(sinceMs)]);
  return rows.map((row) => row.id);
}
