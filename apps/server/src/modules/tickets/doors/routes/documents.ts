import { BODY_PROBLEMS, MEMBER_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { problem } from '../../../../platform/http/index.ts';
import { memberSecurity } from '../../../organizations/index.ts';
import type { Organizations } from '../../../organizations/index.ts';
import type { Doors, RequireOwnEvent } from '../context.ts';

/** What the doors' routes stand on. */
export type DoorRoutes = {
  doors: Doors;
  organizations: Organizations;
  requireOwnEvent: RequireOwnEvent;
  /** The ticket types of an event. */
  typesOf(eventId: string): Promise<ReadonlySet<string>>;
  /** How many tickets of each type are sold, in the organizer's order of the types. */
  soldOf(eventId: string): Promise<ReadonlyMap<string, number>>;
};

export const common = { tags: ['doors'], security: memberSecurity };

/** What every route that changes something may answer. */
export const changeProblems: readonly ErrorCode[] = [...new Set([...MEMBER_PROBLEMS, ...BODY_PROBLEMS])];

/** What every route that goes through the lane of an event's doors may answer. */
export const laneProblems: readonly ErrorCode[] = [...changeProblems, 'LANE_BUSY', 'OUTCOME_UNKNOWN'];

export function noSuchEvent(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such event.' });
}
