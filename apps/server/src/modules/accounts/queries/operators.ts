import { newUuid } from '../../../platform/ids/index.ts';
import type { Queryable, Tx } from '../../../platform/db/index.ts';

export type OperatorRow = { personId: string; since: Date };

/** The operators, the first first. */
export async function readOperators(on: Queryable): Promise<OperatorRow[]> {
  return on.query<OperatorRow>('select person_id as "personId", since from accounts.operators order by since, person_id');
}

/** Whether the session of an operator began with a second factor, or lives no more; null if the person is no operator. */
export async function readOperatorSession(
  on: Queryable,
  { personId, sessionId }: { personId: string; sessionId: string },
): Promise<{ isLive: boolean; hasSecondFactor: boolean } | null> {
  const rows = await on.query<{ isLive: boolean; hasSecondFactor: boolean }>(
    `select s.id is not null as "isLive", coalesce(s.has_second_factor, false) as "hasSecondFactor"
     from accounts.operators o left join accounts.sessions s on s.id = $2 and s.person_id = o.person_id and s.ended_at is null
     where o.person_id = $1`,
    [personId, sessionId],
  );
  return rows[0] ?? null;
}

/** False if the person is one already. */
export async function insertOperator(tx: Tx, personId: string, nowMs: number): Promise<boolean> {
  const rows = await tx.query(
    'insert into accounts.operators (person_id, since) values ($1, $2) on conflict do nothing returning person_id',
    [personId, new Date(nowMs)],
  );
  return rows.length === 1;
}

/** False if the person is none. */
export async function deleteOperator(tx: Tx, personId: string): Promise<boolean> {
  const rows = await tx.query('delete from accounts.operators where person_id = $1 returning person_id', [personId]);
  return rows.length === 1;
}

/** What an operator did; `personId` is null for the command line. Before and after hold no personal values. */
export type OperatorAction = { personId: string | null; what: string; subjectId: string; before: object | null; after: object | null };

/** Writes it in the transaction of what was done, so that neither is there without the other. */
export async function insertOperatorAction(tx: Tx, action: OperatorAction, nowMs: number): Promise<void> {
  const { personId, what, subjectId, before, after } = action;
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  await tx.query(
    `insert into accounts.operator_actions (id, person_id, at, what, subject_id, before, after) values ($1, $2, $3, $4, $5, $6, $7)`,
    [newUuid(nowMs), personId, new Date(nowMs), what, subjectId, json(before), json(after)],
  );
}
