import type { ErrorCode } from '@tessera/contract';
import { Type } from 'typebox';

/** What every command on a booking may answer, whoever sends it. */
const laneProblems: readonly ErrorCode[] = [
  'REQUEST_INVALID',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'NOT_FOUND',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'LANE_BUSY',
  'OUTCOME_UNKNOWN',
  'UNAVAILABLE',
];

/** What a buyer's command may answer. */
export const commandProblems: readonly ErrorCode[] = [
  ...laneProblems,
  'BUYER_SESSION_MISSING',
  'BUYER_SESSION_INVALID',
  'BUYER_SESSION_EXPIRED',
];

/** What an organizer's command may answer. */
export const internalProblems: readonly ErrorCode[] = [...laneProblems, 'INTERNAL_SECRET_MISSING', 'INTERNAL_SECRET_INVALID'];

/** Why a basket cannot be held, or not at that price. */
export const basketProblems: readonly ErrorCode[] = [
  'SALES_SOLD_OUT',
  'SALES_LIMIT',
  'SALES_NOT_ON_SALE',
  'SALES_PROMO_REFUSED',
  'SALES_PRICE_INVALID',
];

/** The document's words on the header of a command; the handlers read and check it. */
export const laneHeaders = Type.Object({
  'idempotency-key': Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'The name of this command, chosen by the caller: it is executed once.',
  }),
});

/** Needs a buyer session. */
export const buyerSecurity = [{ buyerSession: [] }];
