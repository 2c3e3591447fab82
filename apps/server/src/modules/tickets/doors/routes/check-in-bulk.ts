import { BulkCheckInBody, BulkCheckInList, ERRORS, OwnEventPath, problemResponses, type BulkCheckIn } from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import type { HttpServer } from '../../../../platform/http/index.ts';
import { ageOfScan } from '../age-of-scan.ts';
import { checkInBulk, type BulkOutcome } from '../check-in-bulk.ts';
import type { ScanCommand } from '../commands.ts';
import { presentCheckIn, type Told } from '../present-check-in.ts';
import { scanOfBody } from '../scan-of-body.ts';
import type { ScanPermit } from '../scan-permits.ts';
import { common, laneProblems, noSuchEvent, type DoorRoutes } from './documents.ts';
import { instantMs } from '../../../catalog/index.ts';

const schema = {
  ...common,
  operationId: 'checkInBulk',
  summary: 'Hand in the scans of a door that had no connection',
  description:
    'Each scan is taken in by itself and may be sent again, alone or with others. Of several scans of a ticket the first wins by its time, and all are kept.',
  params: OwnEventPath,
  body: BulkCheckInBody,
  response: { 200: BulkCheckInList, ...problemResponses(...laneProblems) },
};

const serializerCompiler = () => JSON.stringify;

type Permits = (request: FastifyRequest) => Promise<ScanPermit>;

export function checkInBulkRoute(http: HttpServer, { doors }: DoorRoutes, permitOf: Permits): void {
  const path = '/api/v1/organizations/:id/events/:event_id/check-ins/bulk';
  http.post(path, { schema, serializerCompiler, bodyLimit: BODY_BYTES_MAX, config: { permission: 'tickets.scan' } }, async (request) => {
    const permit = await permitOf(request);
    const scans = scansOf(request.body, permit);
    const outcomes = await checkInBulk(doors, permit.eventId, scans, () => request.raw.socket.destroyed);
    if (outcomes.some((outcome) => outcome.kind === 'unknown_event')) throw noSuchEvent();
    const { eventId } = permit;
    const names = await doors.whoNames(outcomes.flatMap((outcome) => (outcome.kind === 'scanned' ? [outcome.checkIn] : [])));
    return { data: outcomes.map((outcome, index) => present(scans[index]!, outcome, { eventId, names })) };
  });
}

/** A thousand scans, and three times what the codes of tickets take. */
const BODY_BYTES_MAX = 1024 * 1024;

function scansOf({ device, device_now: deviceNow, scans }: BulkCheckInBody, { eventId, by }: ScanPermit): ScanCommand[] {
  const deviceNowMs = instantMs(deviceNow, '/device_now');
  return scans.map((body, index) => {
    const deviceAtMs = instantMs(body.scanned_at, `/scans/${index}/scanned_at`);
    const time = { deviceAtMs, ageMs: ageOfScan({ deviceAtMs, deviceNowMs }) };
    return scanOfBody({ eventId, by, device: device ?? null, time, body, field: `/scans/${index}` });
  });
}

const PROBLEMS = {
  scan_id_reused: 'CHECK_IN_SCAN_REUSED',
  busy: 'LANE_BUSY',
  unknown: 'OUTCOME_UNKNOWN',
  failed: 'INTERNAL',
  unknown_event: 'INTERNAL',
} as const;

function present({ scanId }: ScanCommand, outcome: BulkOutcome, place: Omit<Told, 'replayed'>): BulkCheckIn {
  if (outcome.kind === 'scanned') {
    return { scan_id: scanId, check_in: presentCheckIn(outcome.checkIn, { ...place, replayed: outcome.replayed }), problem: null };
  }
  const code = PROBLEMS[outcome.kind];
  return { scan_id: scanId, check_in: null, problem: { code, retryable: ERRORS[code].retryable } };
}
