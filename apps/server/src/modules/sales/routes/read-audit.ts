import { Audit, AuditPath, problemResponses, ReadAuditQuery } from '@tessera/contract';
import { problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseId } from '../../../platform/ids/index.ts';
import type { AuditDesk } from '../audit/audit-desk.ts';
import { presentAudit } from '../audit/present-audit.ts';

const schema = {
  operationId: 'readAudit',
  summary: 'Audit the sale of an event',
  description:
    'Compares the counters of the event with its ledger and its bookings, now, and answers what was found. Whoever asks while ' +
    'the same audit is under way gets its result; a full one is made at most every few seconds, and `checked_at` says when.',
  tags: ['events'],
  params: AuditPath,
  querystring: ReadAuditQuery,
  response: { 200: Audit, ...problemResponses('REQUEST_INVALID', 'NOT_FOUND', 'UNAVAILABLE') },
};

export type AuditContext = {
  auditDesk: AuditDesk;
  /** Anyone may ask, so what is not for everybody yet has no audit here. */
  isPublic(eventId: string): Promise<boolean>;
};

export function readAuditRoute(http: HttpServer, { auditDesk, isPublic }: AuditContext): void {
  http.get('/api/v1/events/:id/audit', { schema, config: { audience: 'public' } }, async (request, reply) => {
    const eventId = parseId('evt', request.params.id);
    if (eventId === null || !(await isPublic(eventId))) throw problem('NOT_FOUND', { detail: 'There is no such event.' });
    const answer = await auditDesk.audit(eventId, { full: request.query.full ?? false });
    if (answer.kind === 'unknown_event') throw problem('NOT_FOUND', { detail: 'There is no such event.' });
    if (answer.kind === 'busy') throw busy(answer.retryAfterSeconds);
    reply.header('cache-control', 'no-store');
    return presentAudit(answer.report);
  });
}

function busy(retryAfterSeconds: number): Error {
  const detail = 'Too many audits are under way.';
  return problem('UNAVAILABLE', { detail, headers: { 'retry-after': String(retryAfterSeconds) } });
}
