import type { FastifyRequest } from 'fastify';
import { BODY_PROBLEMS, MEMBER_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { problem } from '../../../platform/http/index.ts';
import { parseCellId } from '../../../platform/ids/index.ts';
import { requireOwnEvent, type Catalog } from '../../catalog/index.ts';
import { memberSecurity, type Member, type Organizations } from '../../organizations/index.ts';
import type { Payments } from '../context.ts';

/** What the organizers' routes of this module stand on. */
export type OrganizerRoutes = { payments: Payments; catalog: Catalog; organizations: Organizations };

export const common = { tags: ['selling'], security: memberSecurity };

/** What every command of a member may answer. */
export const laneProblems: readonly ErrorCode[] = [
  ...MEMBER_PROBLEMS,
  ...BODY_PROBLEMS,
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'LANE_BUSY',
  'OUTCOME_UNKNOWN',
];

export type OwnBooking = { member: Member; eventId: string; bookingId: string };

/** The booking of the path, of an event of the member's organization. What is no id of such a booking names nothing. */
export async function requireOwnBooking(context: OrganizerRoutes, request: FastifyRequest): Promise<OwnBooking> {
  const { member, eventId } = await requireOwnEvent(context, request);
  const ids = parseCellId('bkg', (request.params as { booking_id: string }).booking_id);
  if (ids?.eventId !== eventId) throw noSuchBooking();
  return { member, eventId, bookingId: ids.id };
}

export function noSuchBooking(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such booking in this event.' });
}
