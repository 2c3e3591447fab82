import { BODY_PROBLEMS, MEMBER_PROBLEMS, type ErrorCode } from '@tessera/contract';
import { memberSecurity } from '../../organizations/index.ts';

/** What every route for holders of tickets may answer: by a buyer session, or by an account. */
export const holderProblems: readonly ErrorCode[] = [
  ...(['REQUEST_INVALID', 'BUYER_SESSION_MISSING', 'BUYER_SESSION_INVALID', 'BUYER_SESSION_EXPIRED', 'UNAVAILABLE'] as const),
  ...(['ACCESS_TOKEN_INVALID', 'ACCESS_TOKEN_EXPIRED', 'NOT_FOUND'] as const),
];

export const memberBodyProblems: readonly ErrorCode[] = [...new Set([...MEMBER_PROBLEMS, ...BODY_PROBLEMS])];

export const asHolder = { tags: ['tickets'], security: [{ buyerSession: [] }, { accessToken: [] }] };
export const asBuyer = { tags: ['tickets'], security: [{ buyerSession: [] }] };
export const asMember = { tags: ['tickets'], security: memberSecurity };
