import { PERSON_PROBLEMS, type ErrorCode } from '@tessera/contract';
import type { Organizations } from '../../organizations/index.ts';
import type { Catalog } from '../catalog.ts';

/** What the organizer's routes stand on. */
export type OrganizerContext = { catalog: Catalog; organizations: Organizations };

export const common = { tags: ['selling'], security: [{ accessToken: [] }] };

/** What every route of a member's own event may answer. */
export const eventProblems: readonly ErrorCode[] = [...PERSON_PROBLEMS, 'NOT_FOUND', 'FORBIDDEN'];

/** What every route that writes may answer. */
export const writeProblems: readonly ErrorCode[] = [
  ...eventProblems,
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
];

/** What every command that goes through a lane may answer. */
export const laneProblems: readonly ErrorCode[] = [...writeProblems, 'IDEMPOTENCY_KEY_MISSING', 'LANE_BUSY', 'OUTCOME_UNKNOWN'];
