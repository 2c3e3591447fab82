import type { ErrorCode } from '@tessera/contract';

/** What every route for a buyer may answer. */
export const buyerProblems: readonly ErrorCode[] = [
  'REQUEST_INVALID',
  'BUYER_SESSION_MISSING',
  'BUYER_SESSION_INVALID',
  'BUYER_SESSION_EXPIRED',
  'UNAVAILABLE',
];

export const asBuyer = { tags: ['buyers'], security: [{ buyerSession: [] }] };
export const asPerson = { tags: ['buyers'], security: [{ accessToken: [] }] };
