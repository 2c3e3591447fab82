import { newUuid } from '../../../platform/ids/index.ts';
import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';
import type { Actor, Origin } from '../actor.ts';
import type { Doer } from '../context.ts';

/** What somebody did for an organization. Before and after hold no personal values. */
export type Action = { what: string; subjectId: string; before: object | null; after: object | null };

export type ActionRow = Action & {
  id: string;
  actorKind: Actor['kind'];
  personId: string | null;
  keyId: string | null;
  at: Date;
  /** Null for what was done before it was kept. */
  client: string | null;
  requestId: string | null;
};

/** Writes it in the transaction of what was done, so that neither is there without the other. */
export async function insertAction(tx: Tx, doer: Doer, action: Action, nowMs: number): Promise<void> {
  await insertRow(tx, { id: newUuid(nowMs), doer, action, nowMs });
}

export type CausedAction = { id: string; doer: Doer; action: Action; nowMs: number };

/** Writes it beside what was done, unless it is there. */
export async function insertActionOnce(db: Db, action: CausedAction): Promise<void> {
  await insertRow(db, action);
}

async function insertRow(on: Queryable, { id, doer, action, nowMs }: CausedAction): Promise<void> {
  const { organizationId, actor, from } = doer;
  const { what, subjectId, before, after } = action;
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  await on.query(
    `insert into organizations.actions
       (id, organization_id, at, actor_kind, person_id, key_id, client, request_id, what, subject_id, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (id) do nothing`,
    [id, organizationId, new Date(nowMs), ...columnsOf(actor, from), what, subjectId, json(before), json(after)],
  );
}

function columnsOf(actor: Actor, { client, requestId }: Origin): (string | null)[] {
  const personId = actor.kind === 'platform' ? null : actor.personId;
  const keyId = actor.kind === 'key' ? actor.keyId : null;
  return [actor.kind, personId, keyId, client, requestId];
}

export async function readActions(on: Queryable, organizationId: string, limit: number): Promise<ActionRow[]> {
  return on.query<ActionRow>(
    `select id, actor_kind as "actorKind", person_id as "personId", key_id as "keyId", client, request_id as "requestId",
       at, what, subject_id as "subjectId", before, after
     from organizations.actions where organization_id = $1 order by at desc, id desc limit $2`,
    [organizationId, limit],
  );
}
