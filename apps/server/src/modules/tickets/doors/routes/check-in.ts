import { CheckIn, CheckInBody, OwnEventPath, problemResponses } from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import { markAnswer, problem, type HttpServer } from '../../../../platform/http/index.ts';
import { checkIn } from '../check-in.ts';
import { presentCheckIn } from '../present-check-in.ts';
import { scanOfBody } from '../scan-of-body.ts';
import type { ScanPermit } from '../scan-permits.ts';
import { common, laneProblems, noSuchEvent, type DoorRoutes } from './documents.ts';

const schema = {
  ...common,
  operationId: 'checkIn',
  summary: 'Scan a ticket at a door',
  description:
    'Whatever comes of a scan is its `outcome`, in one shape: a double or a revoked ticket has been taken in like any other, and is kept. The `scan_id` stands for an Idempotency-Key.',
  params: OwnEventPath,
  body: CheckInBody,
  response: { 200: CheckIn, ...problemResponses(...laneProblems, 'CHECK_IN_SCAN_REUSED') },
};

/** The hot path of an evening: written in one piece, as the hot path of the sale is, and for the same reason. */
const serializerCompiler = () => JSON.stringify;

type Permits = (request: FastifyRequest) => Promise<ScanPermit>;

export function checkInRoute(http: HttpServer, { doors }: DoorRoutes, permitOf: Permits): void {
  const path = '/api/v1/organizations/:id/events/:event_id/check-ins';
  http.post(path, { schema, serializerCompiler, config: { permission: 'tickets.scan' } }, async (request, reply) => {
    const { eventId, by } = await permitOf(request);
    const { device = null } = request.body;
    const scan = scanOfBody({ eventId, by, device, time: null, body: request.body, field: '' });
    const outcome = await checkIn(doors, eventId, scan, () => request.raw.socket.destroyed);
    switch (outcome.kind) {
      case 'scanned':
        markAnswer(reply, outcome.replayed, 200);
        return presentCheckIn(outcome.checkIn, { eventId, replayed: outcome.replayed, names: await doors.whoNames([outcome.checkIn]) });
      case 'scan_id_reused':
        throw problem('CHECK_IN_SCAN_REUSED');
      case 'unknown_event':
        throw noSuchEvent();
    }
  });
}
