import type { Actor } from './actor.ts';
import type { Member, OrganizationsContext } from './context.ts';
import { insertAction } from './queries/actions.ts';
import { deleteInvitationsBy } from './queries/invitations.ts';
import { deleteMember, lockMembers, updateRole } from './queries/members.ts';
import { mayChangeRole, type Role } from './roles.ts';

export type ChangeOutcome = { kind: 'changed'; role: Role | null } | { kind: 'not_found' } | { kind: 'forbidden' } | { kind: 'last_owner' };

/**
 * Gives a member another role, or with null none any more. Whoever asks is looked at again under the lock: they may have
 * been removed since. Members may leave by themselves; an organization is never left without an owner.
 */
export async function changeMember(
  { db, clock }: OrganizationsContext,
  member: Member,
  { personId, role }: { personId: string; role: Role | null },
): Promise<ChangeOutcome> {
  const { organizationId, actor } = member;
  return db.transaction<ChangeOutcome>(async (tx) => {
    const roles = await lockMembers(tx, organizationId);
    const [by, before] = [standingOf(actor, roles), roles.get(personId)];
    if (by === 'key') return { kind: 'forbidden' };
    if (!by || !before) return { kind: 'not_found' };
    const isLeaving = actor.kind === 'person' && actor.personId === personId && role === null;
    if (!isLeaving && !mayChangeRole({ by, before, after: role })) return { kind: 'forbidden' };
    const isLastOwner = before === 'owner' && [...roles.values()].filter((each) => each === 'owner').length === 1;
    if (isLastOwner && role !== 'owner') return { kind: 'last_owner' };
    if (role === null) {
      await deleteMember(tx, organizationId, personId);
      await deleteInvitationsBy(tx, organizationId, personId);
    } else {
      await updateRole(tx, { organizationId, personId, role });
    }
    const what = role === null ? 'member.removed' : 'member.changed';
    await insertAction(tx, member, { what, subjectId: personId, before: { role: before }, after: role && { role } }, clock.nowMs());
    return { kind: 'changed', role };
  });
}

/** The role in which an actor changes members, as it is under the lock. Keys change none, whatever they may else. */
export function standingOf(actor: Actor, roles: ReadonlyMap<string, Role>): Role | 'key' | undefined {
  switch (actor.kind) {
    case 'person':
      return roles.get(actor.personId);
    case 'platform':
      return 'owner';
    case 'key':
      return 'key';
  }
}
