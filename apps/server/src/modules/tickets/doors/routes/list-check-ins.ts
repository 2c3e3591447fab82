import { CheckInList, ListCheckInsQuery, MEMBER_PROBLEMS, OwnEventPath, problemResponses } from '@tessera/contract';
import { invalidField, type HttpServer } from '../../../../platform/http/index.ts';
import { presentCheckIn } from '../present-check-in.ts';
import { readCheckIn, readNoted } from '../queries/noted.ts';
import { scanIdOf } from '../scan-id.ts';
import type { Doors } from '../context.ts';
import { common, type DoorRoutes } from './documents.ts';

const schema = {
  ...common,
  operationId: 'listCheckIns',
  summary: 'Scans to look at again: doubles, or those undone, the latest first',
  params: OwnEventPath,
  querystring: ListCheckInsQuery,
  response: { 200: CheckInList, ...problemResponses(...MEMBER_PROBLEMS) },
};

const PAGE_DEFAULT = 50;

export function listCheckInsRoute(http: HttpServer, { doors, requireOwnEvent }: DoorRoutes): void {
  const path = '/api/v1/organizations/:id/events/:event_id/check-ins';
  http.get(path, { schema, config: { permission: 'tickets.scan' } }, async (request) => {
    const { eventId } = await requireOwnEvent(request);
    const { standing = 'double', limit = PAGE_DEFAULT, starting_after: startingAfter } = request.query;
    const after = startingAfter === undefined ? null : await placeOf(doors, eventId, startingAfter);
    const noted = await readNoted(doors.db, { eventId, standing, after, limit: limit + 1 });
    const shown = noted.slice(0, limit);
    const names = await doors.whoNames(shown);
    const data = shown.map((checkIn) => presentCheckIn(checkIn, { eventId, replayed: true, names }));
    return { data, has_more: noted.length > limit };
  });
}

async function placeOf({ db }: Doors, eventId: string, text: string) {
  const scanId = scanIdOf(text);
  const checkIn = scanId === null ? null : await readCheckIn(db, eventId, scanId);
  if (!checkIn) throw invalidField('/query/starting_after', 'must be the scan_id of a scan of this event');
  return checkIn;
}
