import {
  BODY_PROBLEMS,
  ChangeMemberBody,
  Member,
  MEMBER_PROBLEMS,
  MemberList,
  MemberPath,
  OrganizationPath,
  problemResponses,
} from '@tessera/contract';
import { invariant } from '../../../platform/invariant.ts';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import type { KnownPerson } from '../../accounts/index.ts';
import { changeMember, type ChangeOutcome } from '../change-members.ts';
import type { MemberRoutes } from '../context.ts';
import { readMembers, type MemberRow } from '../queries/members.ts';
import type { Role } from '../roles.ts';
import { common } from './documents.ts';

const listSchema = {
  ...common,
  operationId: 'listMembers',
  summary: 'Who acts for an organization',
  params: OrganizationPath,
  response: { 200: MemberList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const changeSchema = {
  ...common,
  operationId: 'changeMember',
  summary: 'Give a member another role',
  description: 'Only owners make and unmake owners, and there is always one.',
  params: MemberPath,
  body: ChangeMemberBody,
  response: { 200: Member, ...problemResponses(...MEMBER_PROBLEMS, ...BODY_PROBLEMS, 'ORGANIZATIONS_LAST_OWNER') },
};

const removeSchema = {
  ...common,
  operationId: 'removeMember',
  summary: 'Remove a member, or leave',
  description: 'Whoever is removed is refused from the next request on; what they offered to others is withdrawn.',
  params: MemberPath,
  response: { 204: NoContent, ...problemResponses(...MEMBER_PROBLEMS, 'ORGANIZATIONS_LAST_OWNER') },
};

export function memberRoutes(http: HttpServer, { organizations, requireMember }: MemberRoutes): void {
  const { db, people } = organizations;
  http.get('/api/v1/organizations/:id/members', { schema: listSchema, config: { permission: 'members.read' } }, async (request) => {
    const { organizationId } = await requireMember(request);
    const rows = await readMembers(db, organizationId);
    const known = await people.readPeople(rows.map((row) => row.personId));
    return { data: rows.map((row) => present(row, known.get(row.personId))) };
  });

  const change = { schema: changeSchema, config: { permission: 'members.change' } } as const;
  http.patch('/api/v1/organizations/:id/members/:person_id', change, async (request) => {
    const member = await requireMember(request);
    const personId = parsePerson(request.params.person_id);
    roleAfter(await changeMember(organizations, member, { personId, role: request.body.role }));
    const row = (await readMembers(db, member.organizationId)).find((each) => each.personId === personId);
    if (!row) throw problem('NOT_FOUND');
    return present(row, (await people.readPeople([personId])).get(personId));
  });

  // Everybody may leave, so the route asks for no more than to be a member; the use case decides who may remove whom.
  const remove = { schema: removeSchema, config: { permission: 'organization.read' } } as const;
  http.delete('/api/v1/organizations/:id/members/:person_id', remove, async (request, reply) => {
    const member = await requireMember(request);
    const outcome = await changeMember(organizations, member, { personId: parsePerson(request.params.person_id), role: null });
    invariant(roleAfter(outcome) === null, 'a member who was removed has no role');
    return reply.code(204).send(null);
  });
}

function parsePerson(text: string): string {
  const personId = parseId('per', text);
  if (personId === null) throw problem('NOT_FOUND');
  return personId;
}

function roleAfter(outcome: ChangeOutcome): Role | null {
  switch (outcome.kind) {
    case 'not_found':
      throw problem('NOT_FOUND');
    case 'forbidden':
      throw problem('FORBIDDEN', { detail: 'Only owners make and unmake owners, and only owners and admins change members.' });
    case 'last_owner':
      throw problem('ORGANIZATIONS_LAST_OWNER', { detail: 'Make somebody else an owner first.' });
    case 'changed':
      return outcome.role;
  }
}

/** A person who was erased is still a row until somebody removes it. */
function present({ personId, role, since }: MemberRow, person: KnownPerson | undefined): Member {
  return { person_id: formatId('per', personId), name: person?.name ?? '', email: person?.email ?? '', role, since: since.toISOString() };
}
