import { DoorCounts, MEMBER_PROBLEMS, OwnEventPath, problemResponses } from '@tessera/contract';
import type { HttpServer } from '../../../../platform/http/index.ts';
import { presentCounts } from '../present-counts.ts';
import { readCounts } from '../queries/counts.ts';
import { common, type DoorRoutes } from './documents.ts';

const schema = {
  ...common,
  operationId: 'readDoorCounts',
  summary: 'How many are in, by gate and ticket type',
  params: OwnEventPath,
  response: { 200: DoorCounts, ...problemResponses(...MEMBER_PROBLEMS) },
};

export function doorCountsRoute(http: HttpServer, { doors, requireOwnEvent, soldOf }: DoorRoutes): void {
  const path = '/api/v1/organizations/:id/events/:event_id/door-counts';
  http.get(path, { schema, config: { permission: 'tickets.scan' } }, async (request) => {
    const { eventId } = await requireOwnEvent(request);
    const [counts, sold] = await Promise.all([readCounts(doors.db, eventId), soldOf(eventId)]);
    return presentCounts(eventId, counts, sold);
  });
}
