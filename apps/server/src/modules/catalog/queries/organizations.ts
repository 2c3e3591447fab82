import type { Db } from '../../../platform/db/index.ts';
import type { Organization } from '../words.ts';

export type NewOrganization = Organization & { fingerprint: string; createdAtMs: number };

/** Inserts an organization; false if its id or its slug is there already. */
export async function insertOrganization(db: Db, organization: NewOrganization): Promise<boolean> {
  const rows = await db.query(
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
