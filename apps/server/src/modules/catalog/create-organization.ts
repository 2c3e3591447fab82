import { newUuid } from '../../platform/ids/index.ts';
import type { Catalog } from './catalog.ts';
import { createdId, fingerprintOf } from './organizer-keys.ts';
import { insertOrganization, readOrganizationFingerprint } from './queries/organizations.ts';
import type { Organization } from './words.ts';

export type CreateOrganization = { name: string; slug: string; idempotencyKey: string | null };

export type CreateOrganizationOutcome =
  | { kind: 'organization'; organization: Organization; replayed: boolean }
  | { kind: 'key_reused' }
  | { kind: 'slug_taken' };

/** Creates an organization, once per key; without a key, once per call. */
export async function createOrganization(catalog: Catalog, request: CreateOrganization): Promise<CreateOrganizationOutcome> {
  const { name, slug, idempotencyKey } = request;
  const nowMs = catalog.clock.nowMs();
  const id = idempotencyKey === null ? newUuid(nowMs) : createdId('organization', idempotencyKey);
  const fingerprint = fingerprintOf({ name, slug });
  const organization = { id, name, slug };
  const inserted = await insertOrganization(catalog.db, { ...organization, fingerprint, createdAtMs: nowMs });
  if (inserted) return { kind: 'organization', organization, replayed: false };
  const before = await readOrganizationFingerprint(catalog.db, id);
  if (before === null) return { kind: 'slug_taken' };
  return before === fingerprint ? { kind: 'organization', organization, replayed: true } : { kind: 'key_reused' };
}
