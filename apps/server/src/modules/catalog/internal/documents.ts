import type { ErrorCode } from '@tessera/contract';
import type { onRequestHookHandler } from 'fastify';
import type { Catalog } from '../catalog.ts';

/** What the organizer's routes stand on. They are no part of the public document (`hide`). */
export type InternalContext = { catalog: Catalog; requireSecret: onRequestHookHandler };

/** What every route that writes may answer. */
export const writeProblems: readonly ErrorCode[] = [
  'REQUEST_INVALID',
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'INTERNAL_SECRET_MISSING',
  'INTERNAL_SECRET_INVALID',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'UNAVAILABLE',
];

/** What every command that goes through a lane may answer. */
export const laneProblems: readonly ErrorCode[] = [
  ...writeProblems,
  'IDEMPOTENCY_KEY_MISSING',
  'NOT_FOUND',
  'LANE_BUSY',
  'OUTCOME_UNKNOWN',
];
