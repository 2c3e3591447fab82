import type { Queryable, Tx } from '../../../platform/db/index.ts';
import { parseRole, type Role } from '../roles.ts';

export type MemberRow = { personId: string; role: Role; since: Date };

export async function readRole(on: Queryable, organizationId: string, personId: string): Promise<Role | null> {
  const rows = await on.query<{ role: string }>('select role from organizations.members where organization_id = $1 and person_id = $2', [
    organizationId,
    personId,
  ]);
  return rows[0] ? parseRole(rows[0].role) : null;
}

/**
 * All roles of an organization, each row locked until the transaction ends: whoever counts owners counts what stays true.
 * In one order, so that two who change members never wait for each other in a circle.
 */
export async function lockMembers(tx: Tx, organizationId: string): Promise<Map<string, Role>> {
  const rows = await tx.query<{ personId: string; role: string }>(
    'select person_id as "personId", role from organizations.members where organization_id = $1 order by person_id for update',
    [organizationId],
  );
  return new Map(rows.map(({ personId, role }) => [personId, parseRole(role)]));
}

export async function readMembers(on: Queryable, organizationId: string): Promise<MemberRow[]> {
  const rows = await on.query<{ personId: string; role: string; since: Date }>(
    'select person_id as "personId", role, since from organizations.members where organization_id = $1 order by since, person_id',
    [organizationId],
  );
  return rows.map((row) => ({ ...row, role: parseRole(row.role) }));
}

export async function readRolesOf(on: Queryable, personId: string): Promise<Map<string, Role>> {
  const rows = await on.query<{ id: string; role: string }>(
    'select organization_id as id, role from organizations.members where person_id = $1 order by since, organization_id',
    [personId],
  );
  return new Map(rows.map(({ id, role }) => [id, parseRole(role)]));
}

/** How many act for each organization that somebody acts for. */
export async function countMembers(on: Queryable, organizationIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await on.query<{ id: string; count: number }>(
    'select organization_id as id, count(*)::int as count from organizations.members where organization_id = any($1::uuid[]) group by 1',
    [organizationIds],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

type NewMember = { organizationId: string; personId: string; role: Role; nowMs: number };

/** False if the person is a member already. */
export async function insertMember(on: Queryable, { organizationId, personId, role, nowMs }: NewMember): Promise<boolean> {
  const rows = await on.query(
    `insert into organizations.members (organization_id, person_id, role, since) values ($1, $2, $3, $4)
     on conflict do nothing returning person_id`,
    [organizationId, personId, role, new Date(nowMs)],
  );
  return rows.length === 1;
}

export async function updateRole(tx: Tx, { organizationId, personId, role }: Omit<NewMember, 'nowMs'>): Promise<void> {
  await tx.query('update organizations.members set role = $3 where organization_id = $1 and person_id = $2', [
    organizationId,
    personId,
    role,
  ]);
}

export async function deleteMember(tx: Tx, organizationId: string, personId: string): Promise<void> {
  await tx.query('delete from organizations.members where organization_id = $1 and person_id = $2', [organizationId, personId]);
}
