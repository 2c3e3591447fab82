import { ActionList, OrganizationPath, problemResponses } from '@tessera/contract';
import type { HttpServer } from '../../../platform/http/index.ts';
import { formatId } from '../../../platform/ids/index.ts';
import type { MemberRoutes } from '../context.ts';
import { readActions } from '../queries/actions.ts';
import { common, memberProblems } from './documents.ts';

const ACTIONS_SHOWN = 100;

const schema = {
  ...common,
  operationId: 'listActions',
  summary: 'What members did, the last first',
  params: OrganizationPath,
  response: { 200: ActionList, ...problemResponses(...memberProblems) },
};

export function actionRoutes(http: HttpServer, { organizations, requireMember }: MemberRoutes): void {
  http.get('/api/v1/organizations/:id/actions', { schema, config: { permission: 'actions.read' } }, async (request) => {
    const { organizationId } = await requireMember(request);
    const rows = await readActions(organizations.db, organizationId, ACTIONS_SHOWN);
    return {
      data: rows.map(({ personId, at, what, subjectId, before, after }) => ({
        person_id: formatId('per', personId),
        at: at.toISOString(),
        what,
        subject_id: subjectId,
        before,
        after,
      })),
    };
  });
}
