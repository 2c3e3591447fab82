import { BODY_PROBLEMS, MEMBER_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { memberSecurity, type Organizations } from '../../organizations/index.ts';
import type { Catalog } from '../catalog.ts';

/** What the organizer's routes stand on. */
export type OrganizerContext = { catalog: Catalog; organizations: Organizations };

export const common = { tags: ['selling'], security: memberSecurity };

/** What every route that changes words may answer. */
export const changeProblems: readonly ErrorCode[] = [...new Set([...MEMBER_PROBLEMS, ...BODY_PROBLEMS])];

/** What every route that makes something, once for each key, may answer. */
export const writeProblems: readonly ErrorCode[] = [...changeProblems, 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED'];

/** What every command that goes through a lane may answer. */
export const laneProblems: readonly ErrorCode[] = [...writeProblems, 'IDEMPOTENCY_KEY_MISSING', 'LANE_BUSY', 'OUTCOME_UNKNOWN'];
