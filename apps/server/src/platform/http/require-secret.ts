import { hash, timingSafeEqual } from 'node:crypto';
import type { onRequestHookHandler } from 'fastify';
import { bearerToken } from './bearer-token.ts';
import { problem } from './problem.ts';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="internal"' };

/** Lets in who sends the internal secret as `Authorization: Bearer …`; anyone else is answered 401 before the body is read. */
export function requireSecret(secret: string): onRequestHookHandler {
  const expected = hash('sha256', secret, 'buffer');
  return function checkSecret(request, _reply, done) {
    const token = bearerToken(request);
    if (token === null) return done(problem('INTERNAL_SECRET_MISSING', { headers: CHALLENGE }));
    // Hashes have one length, so that the comparison tells nothing about the secret's.
    if (timingSafeEqual(hash('sha256', token, 'buffer'), expected)) return done();
    return done(problem('INTERNAL_SECRET_INVALID', { headers: CHALLENGE }));
  };
}
