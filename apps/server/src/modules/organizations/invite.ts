import { hash, randomBytes } from 'node:crypto';
import { newUuid } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { seal, unseal } from '../../platform/seal/index.ts';
import { standingOf } from './change-members.ts';
import type { Origin } from './actor.ts';
import type { Member, OrganizationsContext } from './context.ts';
import { insertAction } from './queries/actions.ts';
import { countInvitations, insertInvitation, readInvitations, takeInvitation } from './queries/invitations.ts';
import { insertMember, lockMembers } from './queries/members.ts';
import { mayChangeRole, type Role } from './roles.ts';

export type Invitation = { id: string; email: string; role: Role; createdAt: Date; expiresAt: Date };
export type InviteOutcome = { kind: 'invited'; invitation: Invitation } | { kind: 'forbidden' } | { kind: 'too_many' };

const DAYS = 7;
/** Also a bound on the mails that somebody can have us send to strangers. */
const INVITATIONS_MAX = 100;

/** Offers a role by mail. Whoever shows the mailed token, signed in, has it: once, within a week. */
export async function invite(
  organizations: OrganizationsContext,
  member: Member,
  { email, role, organizationName }: { email: string; role: Role; organizationName: string },
): Promise<InviteOutcome> {
  const { db, clock, mailer, sealingKey } = organizations;
  const { organizationId, actor } = member;
  const nowMs = clock.nowMs();
  const id = newUuid(nowMs);
  const token = `inv_${randomBytes(32).toString('base64url')}`;
  const [createdAt, expiresAt] = [new Date(nowMs), new Date(nowMs + DAYS * 86_400_000)];
  const emailSealed = seal(sealingKey, email, placeOf(id));
  const refused = await db.transaction<Exclude<InviteOutcome, { kind: 'invited' }> | null>(async (tx) => {
    const by = standingOf(actor, await lockMembers(tx, organizationId));
    if (!by || by === 'key' || !mayChangeRole({ by, before: null, after: role })) return { kind: 'forbidden' };
    if ((await countInvitations(tx, organizationId)) >= INVITATIONS_MAX) return { kind: 'too_many' };
    const tokenHash = hash('sha256', token, 'buffer');
    const invitedBy = actor.kind === 'person' ? actor.personId : null;
    await insertInvitation(tx, { id, organizationId, tokenHash, emailSealed, role, invitedBy, createdAt, expiresAt });
    await insertAction(tx, member, { what: 'member.invited', subjectId: id, before: null, after: { role } }, nowMs);
    return null;
  });
  if (refused) return refused;
  await mailer.send(invitationMail(email, organizationName, role, token));
  return { kind: 'invited', invitation: { id, email, role, createdAt, expiresAt } };
}

export async function listInvitations({ db, clock, sealingKey }: OrganizationsContext, organizationId: string): Promise<Invitation[]> {
  const rows = await readInvitations(db, organizationId, clock.nowMs());
  return rows.map(({ id, emailSealed, role, createdAt, expiresAt }) => {
    const email = unseal(sealingKey, emailSealed, placeOf(id));
    invariant(email !== null, 'an invitation was sealed under the key of this server');
    return { id, email, role, createdAt, expiresAt };
  });
}

/** False if there is no such invitation. */
export async function withdrawInvitation({ db, clock }: OrganizationsContext, member: Member, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const taken = await takeInvitation(tx, { id, organizationId: member.organizationId });
    if (!taken) return false;
    await insertAction(
      tx,
      member,
      { what: 'invitation.withdrawn', subjectId: id, before: { role: taken.role }, after: null },
      clock.nowMs(),
    );
    return true;
  });
}

/** `already_member` keeps the role that the person has, and uses the invitation up. */
export type AcceptOutcome = { kind: 'accepted'; organizationId: string; role: Role } | { kind: 'already_member' } | { kind: 'invalid' };

/** Makes the person who shows a mailed token a member, once. Whoever offered it must still be allowed to. */
export async function acceptInvitation(
  { db, clock }: OrganizationsContext,
  { personId, from }: { personId: string; from: Origin },
  token: string,
): Promise<AcceptOutcome> {
  const nowMs = clock.nowMs();
  return db.transaction<AcceptOutcome>(async (tx) => {
    const taken = await takeInvitation(tx, { tokenHash: hash('sha256', token, 'buffer'), nowMs });
    if (!taken) return { kind: 'invalid' };
    const { organizationId, role, invitedBy } = taken;
    const roles = await lockMembers(tx, organizationId);
    const inviter = invitedBy === null ? 'owner' : roles.get(invitedBy);
    if (!inviter || !mayChangeRole({ by: inviter, before: null, after: role })) return { kind: 'invalid' };
    if (!(await insertMember(tx, { organizationId, personId, role, nowMs }))) return { kind: 'already_member' };
    const doer = { organizationId, actor: { kind: 'person', personId }, from } as const;
    await insertAction(tx, doer, { what: 'invitation.accepted', subjectId: personId, before: null, after: { role } }, nowMs);
    return { kind: 'accepted', organizationId, role };
  });
}

function placeOf(id: string): string {
  return `email of invitation ${id}`;
}

function invitationMail(to: string, organizationName: string, role: Role, token: string) {
  // A name is chosen by strangers to whoever gets this mail: it must not look like a line of ours.
  const name = organizationName.replaceAll(/\s+/g, ' ');
  return {
    to,
    subject: 'An invitation to work together',
    text: `The organization "${name}" wants you as a member, with the role ${role.replace('_', ' ')}.

Sign in, and give this token within a week:

  ${token}

If you do not know this organization, do nothing.
`,
  };
}
