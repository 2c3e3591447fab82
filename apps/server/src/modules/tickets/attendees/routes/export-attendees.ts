import { Readable } from 'node:stream';
import { MEMBER_PROBLEMS, OwnEventPath, problemResponses } from '@tessera/contract';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { formatId } from '../../../../platform/ids/index.ts';
import type { HttpServer } from '../../../../platform/http/index.ts';
import { requireOwnEvent } from '../../../catalog/index.ts';
import { memberSecurity } from '../../../organizations/index.ts';
import type { OrganizerAttendees } from '../context.ts';
import { exportAttendees } from '../csv/export-attendees.ts';
import { ATTENDEES_PATH } from './organizer-attendees.ts';

const schema = {
  tags: ['selling'],
  security: memberSecurity,
  operationId: 'exportAttendees',
  summary: 'Who comes to an event, as a CSV file',
  description:
    'A column for each question that was ever asked. Text that a spreadsheet would take for a formula begins with an apostrophe.',
  params: OwnEventPath,
  response: {
    200: { description: 'UTF-8, a row for each valid ticket.', content: { 'text/csv': { schema: Type.String() } } },
    ...problemResponses(...MEMBER_PROBLEMS),
  },
};

/** Without HEAD, which would read and record the whole export for nothing. */
const options = { schema, exposeHeadRoute: false, config: { permission: 'attendees.read' } } as const;

export function exportAttendeesRoute(http: HttpServer, context: OrganizerAttendees): void {
  const { attendees, organizations } = context;
  http.get(`${ATTENDEES_PATH}.csv`, options, async (request, reply) => {
    const { member, eventId } = await requireOwnEvent(context, request);
    const pieces = await exportAttendees(attendees, eventId);
    // Before a byte of it is sent: who breaks off has had something all the same.
    const action = { what: 'attendees.exported', subjectId: eventId, before: null, after: null };
    await attendees.db.transaction((tx) => organizations.recordAction(tx, member, action));
    // The schema says what the file is; that it comes in pieces it cannot say.
    const file: FastifyReply = reply;
    file
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="attendees-${formatId('evt', eventId)}.csv"`)
      .header('cache-control', 'private, no-store');
    return file.send(Readable.from(pieces, { objectMode: false }));
  });
}
