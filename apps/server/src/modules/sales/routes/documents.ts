import type { ErrorCode } from '@tessera/contract';
import { Type, type TSchema } from 'typebox';

/** What every command on a booking may answer. */
export const commandProblems: readonly ErrorCode[] = [
  'REQUEST_INVALID',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'BUYER_SESSION_MISSING',
  'BUYER_SESSION_INVALID',
  'BUYER_SESSION_EXPIRED',
  'NOT_FOUND',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'LANE_BUSY',
  'OUTCOME_UNKNOWN',
  'UNAVAILABLE',
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

/** The answer of a repeat. */
export function replayed<Schema extends TSchema>(schema: Schema): Schema {
  return { ...schema, description: 'A repeat: the booking as it stands. The header Idempotency-Replayed is true.' };
}
