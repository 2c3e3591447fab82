import { CheckIn, CheckInPath, problemResponses, UndoCheckInBody } from '@tessera/contract';
import { markAnswer, problem, type HttpServer } from '../../../../platform/http/index.ts';
import { undoCheckIn } from '../check-in.ts';
import { presentCheckIn } from '../present-check-in.ts';
import { scanIdOf } from '../scan-id.ts';
import { whoOf } from '../../who-of.ts';
import type { UndoRefusal } from '../outcomes.ts';
import { common, laneProblems, noSuchEvent, type DoorRoutes } from './documents.ts';

const schema = {
  ...common,
  operationId: 'undoCheckIn',
  summary: 'Take an admission back',
  description: 'Once for each scan: sent again it answers what was done. The ticket can be admitted again.',
  params: CheckInPath,
  body: UndoCheckInBody,
  response: { 200: CheckIn, ...problemResponses(...laneProblems, 'CHECK_IN_NOT_UNDONE') },
};

const DETAILS: Readonly<Record<Exclude<UndoRefusal, 'unknown_scan'>, string>> = {
  not_admitted: 'The scan did not let anybody in.',
  has_left: 'The ticket has left since, or was let in by another scan.',
};

export function undoCheckInRoute(http: HttpServer, { doors, requireOwnEvent }: DoorRoutes): void {
  const path = '/api/v1/organizations/:id/events/:event_id/check-ins/:scan_id/undo';
  http.post(path, { schema, config: { permission: 'tickets.scan' } }, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(request);
    const scanId = scanIdOf(request.params.scan_id);
    if (scanId === null) throw noSuchScan();
    const outcome = await undoCheckIn(doors, eventId, { kind: 'undo', scanId, by: whoOf(member), reason: request.body.reason });
    switch (outcome.kind) {
      case 'undone':
        markAnswer(reply, outcome.replayed, 200);
        return presentCheckIn(outcome.checkIn, { eventId, replayed: outcome.replayed, names: await doors.whoNames([outcome.checkIn]) });
      case 'unknown_event':
        throw noSuchEvent();
      case 'not_undone':
        if (outcome.reason === 'unknown_scan') throw noSuchScan();
        throw problem('CHECK_IN_NOT_UNDONE', { detail: DETAILS[outcome.reason], extensions: { reason: outcome.reason } });
    }
  });
}

function noSuchScan(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such scan.' });
}
