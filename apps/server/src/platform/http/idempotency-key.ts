import type { FastifyRequest } from 'fastify';
import { problem } from './problem.ts';

/** What a key may be: 1 to 255 printable characters of ASCII. */
const KEY = /^[\x20-\x7e]{1,255}$/;

/** The request's Idempotency-Key. Throws IDEMPOTENCY_KEY_MISSING or IDEMPOTENCY_KEY_INVALID. */
export function requireIdempotencyKey(request: FastifyRequest): string {
  const key = idempotencyKeyOf(request);
  if (key === null) throw problem('IDEMPOTENCY_KEY_MISSING', { errors: [{ field: '/header/idempotency-key', detail: 'is required' }] });
  return key;
}

/** The request's Idempotency-Key, or null without one. Throws IDEMPOTENCY_KEY_INVALID. */
export function idempotencyKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw problem('IDEMPOTENCY_KEY_INVALID', {
    errors: [{ field: '/header/idempotency-key', detail: 'must be 1 to 255 printable characters of ASCII' }],
  });
}
