import { Type, type Static } from 'typebox';
import { Email, PersonId } from './accounts.ts';
import { Organization } from './catalog.ts';
import { closed, nullable, OrganizationId, Time, ONE_LINE } from './scalars.ts';

/** From who may do everything to who may only look. */
export const ROLE_NAMES = ['owner', 'admin', 'manager', 'box_office', 'scanner', 'analyst'] as const;
export const MemberRole = Type.Enum([...ROLE_NAMES]);
const INVITATION_ID_CHARS = 4 + 26;
const InvitationId = Type.String({ minLength: 4, maxLength: INVITATION_ID_CHARS });
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: ONE_LINE });

export const OrganizationPath = closed({ id: OrganizationId });
export const MemberPath = closed({ id: OrganizationId, person_id: PersonId });
export const InvitationPath = closed({ id: OrganizationId, invitation_id: InvitationId });

export const CreateOrganizationBody = closed({
  name: Name,
  slug: Type.String({ minLength: 1, maxLength: 63, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
});
export const ChangeOrganizationBody = closed({ name: Name }, { title: 'ChangeOrganization' });

/** An organization with the caller's own role in it. A key of the organization has none. */
export const OwnOrganization = Type.Object({ ...Organization.properties, role: nullable(MemberRole) }, { title: 'OwnOrganization' });
export type OwnOrganization = Static<typeof OwnOrganization>;
export const OwnOrganizationList = Type.Object({ data: Type.Array(OwnOrganization) }, { title: 'OwnOrganizationList' });

export const Member = Type.Object(
  { person_id: PersonId, name: Type.String(), email: Type.String(), role: MemberRole, since: Time },
  { title: 'Member' },
);
export type Member = Static<typeof Member>;
export const MemberList = Type.Object({ data: Type.Array(Member) }, { title: 'MemberList' });
export const ChangeMemberBody = closed({ role: MemberRole }, { title: 'ChangeMember' });

export const PurgedTestData = Type.Object(
  { events: Type.Integer({ description: 'Test events that were removed.' }), has_more: Type.Boolean() },
  { title: 'PurgedTestData' },
);

export const InviteBody = closed({ email: Email, role: MemberRole }, { title: 'Invite' });
export const Invitation = Type.Object(
  { id: InvitationId, email: Type.String(), role: MemberRole, created_at: Time, expires_at: Time },
  { title: 'Invitation' },
);
export type Invitation = Static<typeof Invitation>;
export const InvitationList = Type.Object({ data: Type.Array(Invitation) }, { title: 'InvitationList' });
export const AcceptInvitationBody = closed({ token: Type.String({ minLength: 1, maxLength: 100 }) }, { title: 'AcceptInvitation' });
export const AcceptedInvitation = Type.Object({ organization_id: OrganizationId, role: MemberRole }, { title: 'AcceptedInvitation' });

/** Who did it: a person, a key (with whose it is, if it is a person's), or the platform, which has no id. */
const ActionActor = Type.Object({
  kind: Type.Enum(['person', 'key', 'platform']),
  id: nullable(Type.String()),
  person_id: nullable(PersonId),
});
export type ActionActor = Static<typeof ActionActor>;

/** Somebody did something; what it was before and after, without personal values. */
export const Action = Type.Object(
  {
    actor: ActionActor,
    from: Type.Object({
      client: nullable(Type.String({ examples: ['198.51.100.0/24'], description: 'The network that the request came from.' })),
      request_id: nullable(Type.String()),
    }),
    at: Time,
    what: Type.String({ examples: ['member.changed'] }),
    subject_id: Type.String(),
    before: Type.Unknown(),
    after: Type.Unknown(),
  },
  { title: 'Action' },
);
export const ActionList = Type.Object({ data: Type.Array(Action) }, { title: 'ActionList' });
