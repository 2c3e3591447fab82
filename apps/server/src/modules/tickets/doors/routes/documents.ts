import { BODY_PROBLEMS, MEMBER_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { problem } from '../../../../platform/http/index.ts';
import { memberSecurity } from '../../../organizations/index.ts';
import type { Doors, RequireOwnEvent } from '../context.ts';

/** What the doors' routes stand on. */
export type DoorRoutes = { doors: Doors; requireOwnEvent: RequireOwnEvent };

export const common = { tags: ['doors'], security: memberSecurity };

/** What every route that changes something may answer. */
export const changeProblems: readonly ErrorCode[] = [...new Set([...MEMBER_PROBLEMS, ...BODY_PROBLEMS])];

/** What every route that goes through the lane of an event's doors may answer. */
export const laneProblems: readonly ErrorCode[] = [...changeProblems, 'LANE_BUSY', 'OUTCOME_UNKNOWN'];

export function noSuchEvent(): Error {
  return problem('NOT_FOUND', { detail: 'There is no such event.' });
}
