import { type ActionActor, ActionList, MEMBER_PROBLEMS, OrganizationPath, problemResponses } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { formatId } from '../../../platform/ids/index.ts';
import type { MemberRoutes } from '../context.ts';
import { readActions, type ActionRow } from '../queries/actions.ts';
import { common } from './documents.ts';

const ACTIONS_SHOWN = 100;

const schema = {
  ...common,
  operationId: 'listActions',
  summary: 'What was done for an organization, the last first',
  params: OrganizationPath,
  response: { 200: ActionList, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function actionRoutes(http: HttpServer, { organizations, requireMember }: MemberRoutes): void {
  http.get('/api/v1/organizations/:id/actions', { schema, config: { permission: 'actions.read' } }, async (request) => {
    const { organizationId } = await requireMember(request);
    const rows = await readActions(organizations.db, organizationId, ACTIONS_SHOWN);
    return {
      data: rows.map((row) => ({
        actor: presentActor(row),
        from: { client: row.client, request_id: row.requestId },
        at: row.at.toISOString(),
        what: row.what,
        subject_id: row.subjectId,
        before: row.before,
        after: row.after,
      })),
    };
  });
}

function presentActor({ actorKind: kind, personId, keyId }: ActionRow): ActionActor {
  const person = personId === null ? null : formatId('per', personId);
  return { kind, id: keyId === null ? person : formatId('key', keyId), person_id: person };
}
