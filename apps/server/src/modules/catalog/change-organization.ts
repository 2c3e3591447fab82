import type { Member, Organizations } from '../organizations/index.ts';
import type { Catalog } from './catalog.ts';
import { lockOrganization, renameOrganization } from './queries/organizations.ts';
import type { Organization } from './words.ts';

/** Changes the words of an organization, and records what they were. Null if it is not there. */
export async function changeOrganization(
  { db }: Catalog,
  organizations: Organizations,
  { organizationId, personId }: Member,
  { name }: { name: string },
): Promise<Organization | null> {
  return db.transaction(async (tx) => {
    const before = await lockOrganization(tx, organizationId);
    if (!before) return null;
    await renameOrganization(tx, organizationId, name);
    const action = { organizationId, personId, what: 'organization.changed', subjectId: organizationId };
    await organizations.recordAction(tx, { ...action, before: { name: before.name }, after: { name } });
    return { ...before, name };
  });
}
