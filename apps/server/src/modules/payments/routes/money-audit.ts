import { EventParams, MEMBER_PROBLEMS, MoneyAudit, OwnEventPath, OwnMoneyAudit, problemResponses } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import { requireOwnEvent } from '../../catalog/index.ts';
import { isEventPublic } from '../../sales/index.ts';
import type { MoneyDesk } from '../audit/money-desk.ts';
import type { MoneyReport } from '../audit/money-report.ts';
import { presentMoneyAudit, presentOwnMoneyAudit } from '../audit/present-money-audit.ts';
import { common, type OrganizerRoutes } from './organizer-context.ts';

const read = {
  operationId: 'readMoneyAudit',
  summary: 'Whether the money of an event adds up',
  description:
    'Adds all transfers up again and compares them with the balances, with what is owed, and with every booking. Whoever asks while the same audit is under way, or was a moment ago, gets its result.',
  tags: ['events'],
  params: EventParams,
  response: { 200: MoneyAudit, ...problemResponses('NOT_FOUND', 'UNAVAILABLE') },
};

const readOwn = {
  ...common,
  operationId: 'readOwnMoneyAudit',
  summary: 'Whether the money of an event adds up, and to what',
  params: OwnEventPath,
  response: { 200: OwnMoneyAudit, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function moneyAuditRoutes(http: HttpServer, context: OrganizerRoutes): void {
  const { sales, moneyDesk } = context.payments;
  http.get('/api/v1/events/:id/money-audit', { schema: read, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = parseId('evt', request.params.id);
    if (eventId === null || !(await isEventPublic(sales, eventId))) throw problem('NOT_FOUND', { detail: 'There is no such event.' });
    reply.header('cache-control', 'no-store');
    return presentMoneyAudit(await audit(moneyDesk, eventId));
  });

  const config = { permission: 'money.read' } as const;
  http.get('/api/v1/organizations/:id/events/:event_id/money-audit', { schema: readOwn, config }, async (request, reply) => {
    const { eventId } = await requireOwnEvent(context, request);
    reply.header('cache-control', 'private, no-store');
    return presentOwnMoneyAudit(await audit(moneyDesk, eventId));
  });
}

async function audit(desk: MoneyDesk, eventId: string): Promise<MoneyReport> {
  const answer = await desk.audit(eventId);
  if (answer.kind === 'report') return answer.report;
  const headers = { 'retry-after': String(answer.retryAfterSeconds) };
  throw problem('UNAVAILABLE', { detail: 'Too many audits are under way.', headers });
}
