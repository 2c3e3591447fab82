import {
  AcceptedInvitation,
  AcceptInvitationBody,
  BODY_PROBLEMS,
  Invitation,
  InvitationList,
  InvitationPath,
  InviteBody,
  MEMBER_PROBLEMS,
  OrganizationPath,
  PERSON_PROBLEMS,
  problemResponses,
} from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import { parseEmail } from '../../accounts/index.ts';
import type { MemberRoutes } from '../context.ts';
import { originOf } from '../origin-of.ts';
import { acceptInvitation, invite, listInvitations, withdrawInvitation, type Invitation as Offered } from '../invite.ts';
import { common } from './documents.ts';

const inviteSchema = {
  ...common,
  operationId: 'inviteMember',
  summary: 'Offer a role by mail',
  params: OrganizationPath,
  body: InviteBody,
  response: { 201: Invitation, ...problemResponses(...MEMBER_PROBLEMS, ...BODY_PROBLEMS, 'ORGANIZATIONS_TOO_MANY_INVITATIONS') },
};

const listSchema = {
  ...common,
  operationId: 'listInvitations',
  summary: 'Roles that were offered and not taken yet',
  params: OrganizationPath,
  response: { 200: InvitationList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const withdrawSchema = {
  ...common,
  operationId: 'withdrawInvitation',
  summary: 'Withdraw an offer',
  params: InvitationPath,
  response: { 204: NoContent, ...problemResponses(...MEMBER_PROBLEMS) },
};

const acceptSchema = {
  ...common,
  security: [{ accessToken: [] }],
  operationId: 'acceptInvitation',
  summary: 'Take an offered role',
  description: 'The mailed token is good once, within a week, and only while whoever offered the role may still give it.',
  body: AcceptInvitationBody,
  response: {
    200: AcceptedInvitation,
    ...problemResponses(...PERSON_PROBLEMS, ...BODY_PROBLEMS, 'ORGANIZATIONS_INVITATION_INVALID', 'ORGANIZATIONS_ALREADY_MEMBER'),
  },
};

export function invitationRoutes(http: HttpServer, routes: MemberRoutes & { nameOf: (organizationId: string) => Promise<string> }): void {
  const { organizations, requireMember, requirePerson, nameOf } = routes;
  const permission = 'members.change';
  http.post('/api/v1/organizations/:id/invitations', { schema: inviteSchema, config: { permission } }, async (request, reply) => {
    const member = await requireMember(request);
    const organizationName = await nameOf(member.organizationId);
    const outcome = await invite(organizations, member, {
      role: request.body.role,
      email: parseEmail(request.body.email),
      organizationName,
    });
    if (outcome.kind === 'forbidden') throw problem('FORBIDDEN', { detail: 'Only owners make owners.' });
    if (outcome.kind === 'too_many')
      throw problem('ORGANIZATIONS_TOO_MANY_INVITATIONS', { detail: 'Withdraw one that nobody has accepted.' });
    reply.code(201);
    return present(outcome.invitation);
  });
  http.get('/api/v1/organizations/:id/invitations', { schema: listSchema, config: { permission: 'members.read' } }, async (request) => {
    const { organizationId } = await requireMember(request);
    return { data: (await listInvitations(organizations, organizationId)).map(present) };
  });
  http.delete(
    '/api/v1/organizations/:id/invitations/:invitation_id',
    { schema: withdrawSchema, config: { permission } },
    async (request, reply) => {
      const member = await requireMember(request);
      const id = parseId('inv', request.params.invitation_id);
      if (id === null || !(await withdrawInvitation(organizations, member, id))) throw problem('NOT_FOUND');
      return reply.code(204).send(null);
    },
  );
  http.post('/api/v1/invitations/accept', { schema: acceptSchema, config: { audience: 'person' } }, async (request) => {
    const { personId } = requirePerson(request);
    const outcome = await acceptInvitation(organizations, { personId, from: originOf(request) }, request.body.token);
    if (outcome.kind === 'invalid')
      throw problem('ORGANIZATIONS_INVITATION_INVALID', { detail: 'Ask for another, to the address of this account.' });
    if (outcome.kind === 'already_member') throw problem('ORGANIZATIONS_ALREADY_MEMBER');
    return { organization_id: formatId('org', outcome.organizationId), role: outcome.role };
  });
}

function present({ id, email, role, createdAt, expiresAt }: Offered): Invitation {
  return { id: formatId('inv', id), email, role, created_at: createdAt.toISOString(), expires_at: expiresAt.toISOString() };
}
