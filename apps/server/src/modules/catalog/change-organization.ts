import type { Member, Organizations } from '../organizations/index.ts';
import type { Catalog } from './catalog.ts';
import { lockOrganization, renameOrganization } from './queries/organizations.ts';
import type { Organization } from './words.ts';

/** Changes the words of an organization, and records what they were. Null if it is not there. */
export async function changeOrganization(
  { db }: Catalog,
  organizations: Organizations,
  member: Member,
  { name }: { name: string },
): Promise<Organization | null> {
  const { organizationId } = member;
  return db.transaction(async (tx) => {
    const before = await lockOrganization(tx, organizationId);
    if (!before) return null;
    await renameOrganization(tx, organizationId, name);
    const action = { what: 'organization.changed', subjectId: organizationId, before: { name: before.name }, after: { name } };
    await organizations.recordAction(tx, member, action);
    return { ...before, name };
  });
}
