import { newUuid } from '../../../platform/ids/index.ts';
import type { Queryable, Tx } from '../../../platform/db/index.ts';

/** What somebody did for an organization. Before and after hold no personal values. */
export type Action = {
  organizationId: string;
  personId: string;
  what: string;
  subjectId: string;
  before: object | null;
  after: object | null;
};

export type ActionRow = Omit<Action, 'organizationId'> & { id: string; at: Date };

/** Writes it in the transaction of what was done, so that neither is there without the other. */
export async function insertAction(tx: Tx, action: Action, nowMs: number): Promise<void> {
  const { organizationId, personId, what, subjectId, before, after } = action;
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  await tx.query(
    `insert into organizations.actions (id, organization_id, person_id, at, what, subject_id, before, after)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [newUuid(nowMs), organizationId, personId, new Date(nowMs), what, subjectId, json(before), json(after)],
  );
}

export async function readActions(on: Queryable, organizationId: string, limit: number): Promise<ActionRow[]> {
  return on.query<ActionRow>(
    `select id, person_id as "personId", at, what, subject_id as "subjectId", before, after
     from organizations.actions where organization_id = $1 order by at desc, id desc limit $2`,
    [organizationId, limit],
  );
}
