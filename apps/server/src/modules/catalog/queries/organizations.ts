import type { Db, Tx } from '../../../platform/db/index.ts';
import type { Organization } from '../words.ts';

export type NewOrganization = Organization & { fingerprint: string; createdAtMs: number };

/** Inserts an organization; false if its id or its slug is there already. */
export async function insertOrganization(tx: Tx, organization: NewOrganization): Promise<boolean> {
  const rows = await tx.query(
    `insert into catalog.organizations (id, name, slug, fingerprint, created_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
    [organization.id, organization.name, organization.slug, organization.fingerprint, new Date(organization.createdAtMs)],
  );
  return rows.length === 1;
}

export async function readOrganizationFingerprint(db: Db, id: string): Promise<string | null> {
  const rows = await db.query<{ fingerprint: string }>('select fingerprint from catalog.organizations where id = $1', [id]);
  return rows[0]?.fingerprint ?? null;
}

export async function readOrganizations(db: Db, ids: readonly string[]): Promise<Map<string, Organization>> {
  const rows = await db.query<Organization>('select id, name, slug from catalog.organizations where id = any($1::uuid[])', [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

export type ListedOrganization = Organization & { createdAt: Date };

/** Whether there is such an organization. */
export async function isOrganization(db: Db, id: string): Promise<boolean> {
  return (await db.query('select 1 from catalog.organizations where id = $1', [id])).length === 1;
}

/** All organizations, the newest first, from behind one of them if it is named. */
export async function listOrganizations(db: Db, { after, limit }: { after: string | null; limit: number }): Promise<ListedOrganization[]> {
  return db.query<ListedOrganization>(
    `select id, name, slug, created_at as "createdAt" from catalog.organizations
     where $1::uuid is null or (created_at, id) < (select created_at, id from catalog.organizations where id = $1)
     order by created_at desc, id desc limit $2`,
    [after, limit],
  );
}

/** The words as they are until the transaction ends. */
export async function lockOrganization(tx: Tx, id: string): Promise<Organization | null> {
  const rows = await tx.query<Organization>('select id, name, slug from catalog.organizations where id = $1 for update', [id]);
  return rows[0] ?? null;
}

export async function renameOrganization(tx: Tx, id: string, name: string): Promise<void> {
  await tx.query('update catalog.organizations set name = $2 where id = $1', [id, name]);
}
