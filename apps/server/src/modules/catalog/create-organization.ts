import { newUuid } from '../../platform/ids/index.ts';
import type { Organizations } from '../organizations/index.ts';
import type { Catalog } from './catalog.ts';
import { createdId, fingerprintOf } from './organizer-keys.ts';
import { insertOrganization, readOrganizationFingerprint } from './queries/organizations.ts';
import type { Organization } from './words.ts';

export type CreateOrganization = {
  name: string;
  slug: string;
  idempotencyKey: string | null;
  /** Who becomes its first owner; without one only the platform acts for it. */
  founder?: { personId: string; organizations: Organizations };
};

export type CreateOrganizationOutcome =
  | { kind: 'organization'; organization: Organization; replayed: boolean }
  | { kind: 'key_reused' }
  | { kind: 'slug_taken' };

/** Creates an organization, once per key and founder; without a key, once per call. */
export async function createOrganization(catalog: Catalog, request: CreateOrganization): Promise<CreateOrganizationOutcome> {
  const { name, slug, idempotencyKey, founder } = request;
  const nowMs = catalog.clock.nowMs();
  const scope = founder ? `organization/${founder.personId}` : 'organization';
  const id = idempotencyKey === null ? newUuid(nowMs) : createdId(scope, idempotencyKey);
  const fingerprint = fingerprintOf({ name, slug });
  const organization = { id, name, slug };
  const inserted = await catalog.db.transaction(async (tx) => {
    const isNew = await insertOrganization(tx, { ...organization, fingerprint, createdAtMs: nowMs });
    if (isNew && founder) await founder.organizations.addFirstOwner(tx, id, founder.personId);
    return isNew;
  });
  if (inserted) return { kind: 'organization', organization, replayed: false };
  const before = await readOrganizationFingerprint(catalog.db, id);
  if (before === null) return { kind: 'slug_taken' };
  return before === fingerprint ? { kind: 'organization', organization, replayed: true } : { kind: 'key_reused' };
}
