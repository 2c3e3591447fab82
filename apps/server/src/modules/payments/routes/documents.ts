import type { ErrorCode } from '@tessera/contract';

/** Needs a buyer session. */
export const buyerSecurity = [{ buyerSession: [] }];

/** What every route for a buyer's booking may answer. */
export const buyerProblems: readonly ErrorCode[] = [
  'BUYER_SESSION_MISSING',
  'BUYER_SESSION_INVALID',
  'BUYER_SESSION_EXPIRED',
  'NOT_FOUND',
  'UNAVAILABLE',
];

/** What a command of a buyer may answer. */
export const commandProblems: readonly ErrorCode[] = [
  ...buyerProblems,
  'REQUEST_INVALID',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_INVALID',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'LANE_BUSY',
  'OUTCOME_UNKNOWN',
];
