import type { ApiKey, CreateKeyOutcome, RequestedKey } from '../accounts/index.ts';
import { standingOf } from './change-members.ts';
import type { Member, OrganizationsContext } from './context.ts';
import { insertAction } from './queries/actions.ts';
import { lockMembers } from './queries/members.ts';
import { may, type Permission } from './roles.ts';

/** `forbidden` names the scope that whoever asks lacks: nobody gives what they do not have. */
export type MakeKeyOutcome = CreateKeyOutcome | { kind: 'forbidden'; scope: string };

/**
 * Makes a key of the organization. Whoever asks is looked at again under the lock, since the key outlives their membership:
 * somebody who is being removed must not leave one behind.
 */
export async function makeKey({ db, clock, keys }: OrganizationsContext, member: Member, requested: RequestedKey): Promise<MakeKeyOutcome> {
  const { organizationId, actor } = member;
  const createdBy = actor.kind === 'person' ? actor.personId : null;
  const owner = { kind: 'organization', id: organizationId } as const;
  return db.transaction<MakeKeyOutcome>(async (tx) => {
    const role = standingOf(actor, await lockMembers(tx, organizationId));
    const lacking = ['keys.change', ...requested.scopes].find((scope) => !role || role === 'key' || !may(role, scope as Permission));
    if (lacking !== undefined) return { kind: 'forbidden', scope: lacking };
    const outcome = await keys.create(tx, { ...requested, owner, createdBy });
    if (outcome.kind === 'created') {
      const { key } = outcome;
      await insertAction(tx, member, { what: 'key.created', subjectId: key.id, before: null, after: recorded(key) }, clock.nowMs());
    }
    return outcome;
  });
}

export function listKeys({ keys }: OrganizationsContext, { organizationId }: Member): Promise<ApiKey[]> {
  return keys.list({ kind: 'organization', id: organizationId });
}

/** False if there is no such key. */
export async function revokeKey({ db, clock, keys }: OrganizationsContext, member: Member, id: string): Promise<boolean> {
  const owner = { kind: 'organization', id: member.organizationId } as const;
  return db.transaction(async (tx) => {
    const key = await keys.revoke(tx, owner, id);
    if (!key) return false;
    await insertAction(tx, member, { what: 'key.revoked', subjectId: id, before: recorded(key), after: null }, clock.nowMs());
    return true;
  });
}

/** What a key is. Its name is its maker's own words, and stays out. */
function recorded({ prefix, scopes, isTest, expiresAt }: ApiKey): object {
  return { prefix, scopes, is_test: isTest, expires_at: expiresAt?.toISOString() ?? null };
}
