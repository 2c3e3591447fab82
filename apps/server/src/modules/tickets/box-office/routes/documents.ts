import { BODY_PROBLEMS, MEMBER_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { memberSecurity } from '../../../organizations/index.ts';

export const common = { tags: ['box office'], security: memberSecurity };

/** What every sale at a desk may answer. */
export const deskProblems: readonly ErrorCode[] = [
  ...new Set([...MEMBER_PROBLEMS, ...BODY_PROBLEMS]),
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'SALES_SOLD_OUT',
  'SALES_SET_ASIDE_TOO_LOW',
  'SALES_NOT_ON_SALE',
  'LANE_BUSY',
  'OUTCOME_UNKNOWN',
];
